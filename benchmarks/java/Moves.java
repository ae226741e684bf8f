import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Moves that single changes cannot be pieced together from: a group opens with its people, closes, or its leader is
 * replaced; a person's whole week changes. Whatever stands in the way is taken out, so that no hard rule on time breaks.
 */
public class Moves implements MoveIteratorFactory<Clinic, Moves.Batch> {
    /** Several variables that change together. */
    public static class Batch extends AbstractMove<Clinic> {
        private final Map<Clinic.Lead, Clinic.Therapist> leads = new HashMap<>();
        private final Map<Clinic.Seat, Clinic.Take> seats = new HashMap<>();
        private final Map<Clinic.Hour, Clinic.Cell> hours = new HashMap<>();

        @Override
        public boolean isMoveDoable(ScoreDirector<Clinic> director) {
            return leads.entrySet().stream().anyMatch(each -> each.getKey().who != each.getValue())
                    || seats.entrySet().stream().anyMatch(each -> each.getKey().take != each.getValue())
                    || hours.entrySet().stream().anyMatch(each -> each.getKey().cell != each.getValue());
        }

        @Override
        protected void doMoveOnGenuineVariables(ScoreDirector<Clinic> director) {
            leads.forEach((one, who) -> {
                director.beforeVariableChanged(one, "who");
                one.who = who;
                director.afterVariableChanged(one, "who");
            });
            seats.forEach((one, take) -> {
                director.beforeVariableChanged(one, "take");
                one.take = take;
                director.afterVariableChanged(one, "take");
            });
            hours.forEach((one, cell) -> {
                director.beforeVariableChanged(one, "cell");
                one.cell = cell;
                director.afterVariableChanged(one, "cell");
            });
        }
    }

    private Map<Clinic.Group, List<Clinic.Lead>> leadsOf;
    private Map<Clinic.Group, List<Clinic.Seat>> whoCouldJoin;
    private Map<Clinic.Person, List<Clinic.Seat>> seatsOf;
    private Map<Clinic.Person, List<Clinic.Hour>> hoursOf;

    private void index(Clinic clinic) {
        leadsOf = new HashMap<>();
        whoCouldJoin = new HashMap<>();
        seatsOf = new HashMap<>();
        hoursOf = new HashMap<>();
        clinic.leads.forEach(each -> leadsOf.computeIfAbsent(each.group, key -> new ArrayList<>()).add(each));
        clinic.hours.forEach(each -> hoursOf.computeIfAbsent(each.person, key -> new ArrayList<>()).add(each));
        for (Clinic.Seat seat : clinic.seats) {
            seatsOf.computeIfAbsent(seat.person, key -> new ArrayList<>()).add(seat);
            Set<Clinic.Group> groups = new HashSet<>();
            seat.takes.forEach(take -> groups.add(take.group));
            groups.forEach(each -> whoCouldJoin.computeIfAbsent(each, key -> new ArrayList<>()).add(seat));
        }
    }

    @Override
    public long getSize(ScoreDirector<Clinic> director) {
        return 10_000;
    }

    @Override
    public Iterator<Batch> createOriginalMoveIterator(ScoreDirector<Clinic> director) {
        throw new UnsupportedOperationException("only random moves are made here");
    }

    @Override
    public Iterator<Batch> createRandomMoveIterator(ScoreDirector<Clinic> director, Random random) {
        Clinic clinic = director.getWorkingSolution();
        index(clinic);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Batch next() {
                int kind = random.nextInt(100);
                if (kind < 25) {
                    return open(clinic, random, pick(clinic.groups, random));
                }
                if (kind < 35) {
                    return close(clinic, random);
                }
                if (kind < 45) {
                    return replace(clinic, random);
                }
                if (kind < 55) {
                    return shift(clinic, random);
                }
                return week(clinic, random);
            }
        };
    }

    /** One more copy of a group, with people who have no place, and some who have one elsewhere. */
    private Batch open(Clinic clinic, Random random, Clinic.Group group) {
        Batch batch = new Batch();
        openInto(batch, clinic, random, group);
        return batch;
    }

    private void openInto(Batch batch, Clinic clinic, Random random, Clinic.Group group) {
        List<Clinic.Lead> empty = new ArrayList<>();
        Set<Clinic.Therapist> inside = new HashSet<>();
        for (Clinic.Lead each : leadsOf.getOrDefault(group, List.of())) {
            if (each.who == null) {
                empty.add(each);
            } else {
                inside.add(each.who);
            }
        }
        List<Clinic.Therapist> able = new ArrayList<>(group.able);
        able.removeAll(inside);
        for (Clinic.Lead each : clinic.leads) {
            if (each.who != null && batch.leads.getOrDefault(each, each.who) != null
                    && each.group.slots.intersects(group.slots)) {
                able.remove(each.who);
            }
        }
        if (empty.size() < group.facilitators || able.size() < group.facilitators) {
            return;
        }
        Collections.shuffle(able, random);
        for (int at = 0; at < group.facilitators; at++) {
            batch.leads.put(empty.get(at), able.get(at));
            clear(batch, clinic, able.get(at), group);
        }
        List<Clinic.Seat> willing = new ArrayList<>(whoCouldJoin.getOrDefault(group, List.of()));
        Collections.shuffle(willing, random);
        int wanted = group.lo + random.nextInt(group.hi - group.lo + 1);
        int joined = 0;
        for (int round = 0; round < 2 && joined < wanted; round++) {
            for (Clinic.Seat seat : willing) {
                Clinic.Take has = batch.seats.containsKey(seat) ? batch.seats.get(seat) : seat.take;
                if (joined == wanted || (has == null) != (round == 0) || has != null && has.group == group) {
                    continue;
                }
                List<Clinic.Take> ways = new ArrayList<>();
                seat.takes.forEach(take -> {
                    if (take.group == group) {
                        ways.add(take);
                    }
                });
                sit(batch, seat, pick(ways, random));
                joined++;
            }
        }
    }

    /** A person takes a seat; what they have at the same time is given up. */
    private void sit(Batch batch, Clinic.Seat seat, Clinic.Take take) {
        batch.seats.put(seat, take);
        for (Clinic.Seat other : seatsOf.get(seat.person)) {
            Clinic.Take has = batch.seats.containsKey(other) ? batch.seats.get(other) : other.take;
            if (other != seat && has != null && has.slots.intersects(take.slots)) {
                batch.seats.put(other, null);
            }
        }
        for (Clinic.Hour hour : hoursOf.getOrDefault(seat.person, List.of())) {
            if (hour.cell != null && hour.cell.slots.intersects(take.slots)) {
                batch.hours.put(hour, null);
            }
        }
    }

    /** A therapist's hours during a group: to a free hour of somebody, or given up. */
    private void clear(Batch batch, Clinic clinic, Clinic.Therapist who, Clinic.Group group) {
        for (Clinic.Hour hour : clinic.hours) {
            if (hour.cell != null && hour.cell.who == who && hour.cell.slots.intersects(group.slots)) {
                batch.hours.put(hour, null);
            }
        }
    }

    /** A copy ends; its people look for a seat in a group that runs. */
    private Batch close(Clinic clinic, Random random) {
        Batch batch = new Batch();
        Clinic.Lead lead = running(clinic, random);
        if (lead != null) {
            closeInto(batch, random, lead);
        }
        return batch;
    }

    private void closeInto(Batch batch, Random random, Clinic.Lead lead) {
        List<Clinic.Lead> held = new ArrayList<>();
        leadsOf.get(lead.group).stream().filter(each -> each.who != null).forEach(held::add);
        for (int at = 0; at < Math.min(lead.group.facilitators, held.size()); at++) {
            batch.leads.put(held.get(at), null);
        }
        boolean last = held.size() <= lead.group.facilitators;
        for (Clinic.Seat seat : whoCouldJoin.getOrDefault(lead.group, List.of())) {
            if (seat.take == null || seat.take.group != lead.group || !last && random.nextBoolean()) {
                continue;
            }
            batch.seats.put(seat, null);
            for (int tries = 0; tries < 12; tries++) {
                Clinic.Take take = pick(seat.takes, random);
                if (take.group != lead.group && leadsOf.get(take.group).stream().anyMatch(each -> each.who != null)) {
                    sit(batch, seat, take);
                    break;
                }
            }
        }
    }

    /** One group ends and another opens in its place. */
    private Batch shift(Clinic clinic, Random random) {
        Batch batch = new Batch();
        Clinic.Lead lead = running(clinic, random);
        if (lead != null) {
            List<Clinic.Lead> held = leadsOf.get(lead.group);
            held.stream().filter(each -> each.who != null).limit(lead.group.facilitators)
                    .forEach(each -> batch.leads.put(each, null));
            for (Clinic.Seat seat : whoCouldJoin.getOrDefault(lead.group, List.of())) {
                if (seat.take != null && seat.take.group == lead.group) {
                    batch.seats.put(seat, null);
                }
            }
            openInto(batch, clinic, random, pick(clinic.groups, random));
        }
        return batch;
    }

    /** Somebody else leads a group; their hours at that time are given up. */
    private Batch replace(Clinic clinic, Random random) {
        Batch batch = new Batch();
        Clinic.Lead lead = running(clinic, random);
        if (lead != null && lead.group.able.size() > 1) {
            Clinic.Therapist who = pick(lead.group.able, random);
            batch.leads.put(lead, who);
            clear(batch, clinic, who, lead.group);
        }
        return batch;
    }

    /** One person anew: groups that run, then hours that fit beside them. */
    private Batch week(Clinic clinic, Random random) {
        Batch batch = new Batch();
        Clinic.Person person = pick(clinic.people, random);
        for (Clinic.Seat seat : seatsOf.getOrDefault(person, List.of())) {
            for (int tries = 0; tries < 20 && !seat.takes.isEmpty(); tries++) {
                Clinic.Take take = pick(seat.takes, random);
                if (leadsOf.get(take.group).stream().anyMatch(each -> each.who != null)) {
                    sit(batch, seat, take);
                    break;
                }
            }
        }
        for (Clinic.Hour hour : hoursOf.getOrDefault(person, List.of())) {
            for (int tries = 0; tries < 20 && !hour.cells.isEmpty(); tries++) {
                Clinic.Cell cell = pick(hour.cells, random);
                if (fits(batch, clinic, hour, cell)) {
                    batch.hours.put(hour, cell);
                    break;
                }
            }
        }
        return batch;
    }

    private boolean fits(Batch batch, Clinic clinic, Clinic.Hour hour, Clinic.Cell cell) {
        for (Clinic.Seat seat : seatsOf.getOrDefault(hour.person, List.of())) {
            Clinic.Take has = batch.seats.containsKey(seat) ? batch.seats.get(seat) : seat.take;
            if (has != null && has.slots.intersects(cell.slots)) {
                return false;
            }
        }
        for (Clinic.Lead lead : clinic.leads) {
            if (lead.who == cell.who && lead.group.slots.intersects(cell.slots)) {
                return false;
            }
        }
        return true;
    }

    private Clinic.Lead running(Clinic clinic, Random random) {
        List<Clinic.Lead> held = clinic.leads.stream().filter(each -> each.who != null).toList();
        return held.isEmpty() ? null : pick(held, random);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
