import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;

/** Every hard rule and every price of the benchmark format that value ranges do not already keep. */
public class Rules implements ConstraintProvider {
    private static final HardSoftLongScore HARD = HardSoftLongScore.ONE_HARD;
    private static final HardSoftLongScore SOFT = HardSoftLongScore.ONE_SOFT;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory from) {
        return new Constraint[] {
            seatsOfOnePerson(from), seatAndHour(from), hoursOfOnePerson(from), groupDoesNotRun(from), tooMany(from),
            tooFew(from), nobody(from), wholeCopies(from), leaderTwice(from), leaderInTwoGroups(from),
            leaderAndHour(from), cellTwice(from), minutes(from), caseload(from), rooms(from), offices(from),
            apart(from), unmetSeat(from), unmetHour(from), journeys(from), seatPrice(from), hourPrice(from), staff(from),
        };
    }

    private UniConstraintStream<Clinic.Running> running(ConstraintFactory from) {
        return from.forEach(Clinic.Lead.class)
                .groupBy(each -> each.group, ConstraintCollectors.count())
                .map(Clinic.Running::new);
    }

    Constraint seatsOfOnePerson(ConstraintFactory from) {
        return from.forEachUniquePair(Clinic.Seat.class, Joiners.equal(each -> each.person))
                .filter((one, other) -> one.take.slots.intersects(other.take.slots))
                .penalizeLong(HARD, (one, other) -> 1)
                .asConstraint("a person in two groups at once");
    }

    Constraint seatAndHour(ConstraintFactory from) {
        return from.forEach(Clinic.Hour.class)
                .join(Clinic.Seat.class, Joiners.equal(hour -> hour.person, seat -> seat.person))
                .filter((hour, seat) -> seat.take.slots.intersects(hour.cell.slots))
                .penalizeLong(HARD, (hour, seat) -> 1)
                .asConstraint("a person in a group and an hour at once");
    }

    Constraint hoursOfOnePerson(ConstraintFactory from) {
        return from.forEachUniquePair(Clinic.Hour.class, Joiners.equal(each -> each.person),
                        Joiners.equal(each -> each.cell.start))
                .penalizeLong(HARD, (one, other) -> 1)
                .asConstraint("a person in two hours at once");
    }

    Constraint groupDoesNotRun(ConstraintFactory from) {
        return from.forEach(Clinic.Seat.class)
                .ifNotExists(Clinic.Lead.class, Joiners.equal(Clinic.Seat::group, lead -> lead.group))
                .penalizeLong(HARD, seat -> 1)
                .asConstraint("a seat in a group that does not run");
    }

    Constraint tooMany(ConstraintFactory from) {
        return from.forEach(Clinic.Seat.class)
                .join(Clinic.Meeting.class, Joiners.equal(Clinic.Seat::group, Clinic.Meeting::group))
                .filter((seat, meeting) -> seat.take.at(meeting.at()))
                .groupBy((seat, meeting) -> meeting, ConstraintCollectors.countBi())
                .join(running(from), Joiners.equal((meeting, count) -> meeting.group(), Clinic.Running::group))
                .filter((meeting, count, group) -> count > group.copies() * meeting.group().hi)
                .penalizeLong(HARD, (meeting, count, group) -> count - group.copies() * meeting.group().hi)
                .asConstraint("a group too large");
    }

    Constraint tooFew(ConstraintFactory from) {
        return from.forEach(Clinic.Seat.class)
                .groupBy(Clinic.Seat::group, ConstraintCollectors.count())
                .map(Clinic.Members::new)
                .join(running(from), Joiners.equal(Clinic.Members::group, Clinic.Running::group))
                .filter((members, group) -> members.count() < group.copies() * group.group().lo)
                .penalizeLong(HARD, (members, group) -> group.copies() * group.group().lo - members.count())
                .asConstraint("a group too small");
    }

    Constraint nobody(ConstraintFactory from) {
        return running(from)
                .ifNotExists(Clinic.Seat.class, Joiners.equal(Clinic.Running::group, Clinic.Seat::group))
                .penalizeLong(HARD, group -> group.copies() * group.group().lo)
                .asConstraint("a group with nobody in it");
    }

    Constraint wholeCopies(ConstraintFactory from) {
        return running(from)
                .filter(group -> group.leaders() % group.group().facilitators != 0)
                .penalizeLong(HARD, group -> 1)
                .asConstraint("a copy with too few leaders");
    }

    Constraint leaderTwice(ConstraintFactory from) {
        return from.forEachUniquePair(Clinic.Lead.class, Joiners.equal(each -> each.who), Joiners.equal(each -> each.group))
                .penalizeLong(HARD, (one, other) -> 1)
                .asConstraint("one person leads a group twice");
    }

    Constraint leaderInTwoGroups(ConstraintFactory from) {
        return from.forEachUniquePair(Clinic.Lead.class, Joiners.equal(each -> each.who))
                .filter((one, other) -> one.group != other.group && one.group.slots.intersects(other.group.slots))
                .penalizeLong(HARD, (one, other) -> 1)
                .asConstraint("a leader in two groups at once");
    }

    Constraint leaderAndHour(ConstraintFactory from) {
        return from.forEach(Clinic.Hour.class)
                .join(Clinic.Lead.class, Joiners.equal(hour -> hour.cell.who, lead -> lead.who))
                .filter((hour, lead) -> lead.group.slots.intersects(hour.cell.slots))
                .penalizeLong(HARD, (hour, lead) -> 1)
                .asConstraint("a leader in a group and an hour at once");
    }

    Constraint cellTwice(ConstraintFactory from) {
        return from.forEach(Clinic.Hour.class)
                .groupBy(each -> each.cell, ConstraintCollectors.sum(each -> each.share))
                .filter((cell, halves) -> halves > 2)
                .penalizeLong(HARD, (cell, halves) -> halves - 2)
                .asConstraint("a therapist in two hours at once");
    }

    Constraint minutes(ConstraintFactory from) {
        BiConstraintStream<Clinic.Therapist, Integer> led =
                from.forEach(Clinic.Lead.class).map(each -> each.who, each -> each.group.minutes);
        BiConstraintStream<Clinic.Therapist, Integer> given =
                from.forEach(Clinic.Hour.class).map(each -> each.cell.who, Clinic.Hour::minutes);
        return led.concat(given)
                .groupBy((who, minutes) -> who, ConstraintCollectors.sum((who, minutes) -> minutes))
                .filter((who, minutes) -> minutes > who.maxMinutes())
                .penalizeLong(HARD, (who, minutes) -> (minutes - who.maxMinutes() + 29) / 30)
                .asConstraint("minutes of a therapist");
    }

    Constraint caseload(ConstraintFactory from) {
        return from.forEach(Clinic.Hour.class)
                .filter(Clinic.Hour::solo)
                .groupBy(each -> each.cell.who, ConstraintCollectors.count())
                .filter((who, count) -> count > who.caseload())
                .penalizeLong(HARD, (who, count) -> count - who.caseload())
                .asConstraint("caseload of a therapist");
    }

    Constraint rooms(ConstraintFactory from) {
        return running(from)
                .filter(group -> group.group().onsite)
                .map(group -> group, group -> group.group().starts)
                .flattenLast(starts -> starts)
                .groupBy((group, start) -> start, ConstraintCollectors.sum((group, start) -> group.copies()))
                .join(Clinic.House.class)
                .filter((start, count, house) -> count > house.rooms())
                .penalizeLong(HARD, (start, count, house) -> count - house.rooms())
                .asConstraint("group rooms");
    }

    Constraint offices(ConstraintFactory from) {
        return from.forEach(Clinic.Hour.class)
                .groupBy(each -> each.cell.start, ConstraintCollectors.sum(each -> each.share))
                .join(Clinic.House.class)
                .filter((start, halves, house) -> halves > 2 * house.offices())
                .penalizeLong(HARD, (start, halves, house) -> halves - 2 * house.offices())
                .asConstraint("offices");
    }

    Constraint apart(ConstraintFactory from) {
        return from.forEach(Clinic.Apart.class)
                .join(Clinic.Seat.class, Joiners.equal(Clinic.Apart::one, seat -> seat.person))
                .join(Clinic.Seat.class, Joiners.equal((pair, one) -> pair.other(), other -> other.person),
                        Joiners.equal((pair, one) -> one.group(), Clinic.Seat::group))
                .join(running(from), Joiners.equal((pair, one, other) -> one.group(), Clinic.Running::group))
                .filter((pair, one, other, group) -> group.copies() == 1)
                .penalizeLong(HARD, (pair, one, other, group) -> 1)
                .asConstraint("two people to be kept apart");
    }

    Constraint unmetSeat(ConstraintFactory from) {
        return from.forEachIncludingUnassigned(Clinic.Seat.class)
                .filter(each -> each.take == null)
                .penalizeLong(SOFT, each -> each.unmet)
                .asConstraint("unmet group");
    }

    Constraint unmetHour(ConstraintFactory from) {
        return from.forEachIncludingUnassigned(Clinic.Hour.class)
                .filter(each -> each.cell == null)
                .penalizeLong(SOFT, each -> each.unmet)
                .asConstraint("unmet hour");
    }

    Constraint journeys(ConstraintFactory from) {
        BiConstraintStream<Clinic.Person, Integer> groups = from.forEach(Clinic.Seat.class)
                .filter(each -> each.take.group.onsite)
                .map(each -> each.person, each -> each.take.days)
                .flattenLast(days -> days);
        BiConstraintStream<Clinic.Person, Integer> hours = from.forEach(Clinic.Hour.class)
                .filter(each -> !each.person.remote())
                .map(each -> each.person, each -> each.cell.day);
        return groups.concat(hours)
                .distinct()
                .penalizeLong(SOFT, (person, day) -> person.trip())
                .asConstraint("journeys");
    }

    Constraint seatPrice(ConstraintFactory from) {
        return from.forEach(Clinic.Seat.class)
                .penalizeLong(SOFT, each -> each.prices.get(each.take))
                .asConstraint("price of a seat");
    }

    Constraint hourPrice(ConstraintFactory from) {
        return from.forEach(Clinic.Hour.class)
                .penalizeLong(SOFT, each -> each.prices.get(each.cell))
                .asConstraint("price of an hour");
    }

    Constraint staff(ConstraintFactory from) {
        return from.forEach(Clinic.Lead.class)
                .penalizeLong(SOFT, each -> each.group.price)
                .asConstraint("leaders' minutes");
    }
}
