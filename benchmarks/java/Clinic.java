import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.ProblemFactProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * A clinic week as Timefold sees it. Prices are hundredths of a minute-equivalent. What a person can never take (gates,
 * dose, obligations, travel, working time, family windows) is in no value range, so no rule has to say it.
 */
@PlanningSolution
public class Clinic {
    @ProblemFactProperty public House house;
    @ProblemFactCollectionProperty public List<Person> people = new ArrayList<>();
    @ProblemFactCollectionProperty public List<Therapist> therapists = new ArrayList<>();
    @ProblemFactCollectionProperty public List<Group> groups = new ArrayList<>();
    @ProblemFactCollectionProperty public List<Meeting> meetings = new ArrayList<>();
    @ProblemFactCollectionProperty public List<Apart> apart = new ArrayList<>();
    @PlanningEntityCollectionProperty public List<Lead> leads = new ArrayList<>();
    @PlanningEntityCollectionProperty public List<Seat> seats = new ArrayList<>();
    @PlanningEntityCollectionProperty public List<Hour> hours = new ArrayList<>();
    @PlanningScore public HardSoftLongScore score;

    public record House(int rooms, int offices, int hour) {}

    public record Person(int id, long trip, boolean remote) {}

    public record Therapist(int id, int maxMinutes, int caseload) {}

    public record Apart(Person one, Person other) {}

    /** A meeting whose seats are counted: each one where people choose, otherwise the first stands for all. */
    public record Meeting(Group group, int at) {}

    /** How many leaders a group has been given; that divided by the leaders of a copy is how many copies run. */
    public record Running(Group group, int leaders) {
        public int copies() {
            return leaders / group.facilitators;
        }
    }

    public record Members(Group group, int count) {}

    public static class Group {
        public int id, minutes, facilitators, copies, lo, hi;
        public long price; // of one leader
        public boolean onsite, chosen;
        public BitSet slots = new BitSet();
        public List<Integer> starts = new ArrayList<>(); // where its meetings overlap the beginning of one on site
        public List<Therapist> able = new ArrayList<>();
    }

    /** A way to take part in a group; the same object for everybody, so that people can change places. */
    public static class Take {
        public Group group;
        public int[] at; // which meetings
        public BitSet slots = new BitSet();
        public List<Integer> days = new ArrayList<>(); // with a journey

        public boolean at(int meeting) {
            for (int each : at) {
                if (each == meeting) {
                    return true;
                }
            }
            return false;
        }
    }

    /** An hour of a therapist; the same object for everybody. */
    public static class Cell {
        public Therapist who;
        public int start, day;
        public BitSet slots = new BitSet();
    }

    @PlanningEntity
    public static class Lead {
        @PlanningId public int id;
        public Group group;
        @PlanningVariable(valueRangeProviderRefs = "able", allowsUnassigned = true) public Therapist who;

        @ValueRangeProvider(id = "able")
        public List<Therapist> getAble() {
            return group.able;
        }
    }

    @PlanningEntity
    public static class Seat {
        @PlanningId public int id;
        public Person person;
        public String topic; // "-" for the core group
        public long unmet;
        public Map<Take, Long> prices = new HashMap<>();
        @ValueRangeProvider(id = "takes") public List<Take> takes = new ArrayList<>();
        @PlanningVariable(valueRangeProviderRefs = "takes", allowsUnassigned = true) public Take take;

        public Group group() {
            return take.group;
        }
    }

    @PlanningEntity
    public static class Hour {
        @PlanningId public int id;
        public Person person;
        public int share; // of a slot, in halves: a family hour is fortnightly
        public long unmet;
        public Map<Cell, Long> prices = new HashMap<>();
        @ValueRangeProvider(id = "cells") public List<Cell> cells = new ArrayList<>();
        @PlanningVariable(valueRangeProviderRefs = "cells", allowsUnassigned = true) public Cell cell;

        public boolean solo() {
            return share == 2;
        }

        public int minutes() {
            return 30 * share;
        }
    }

    /** Reads what timefold.py writes: lines of words, each beginning with its kind. */
    static Clinic read(Scanner in) {
        Clinic clinic = new Clinic();
        int perDay = 0;
        Map<Integer, Person> people = new HashMap<>();
        Map<Integer, Therapist> therapists = new HashMap<>();
        Map<Integer, Group> groups = new HashMap<>();
        Map<Integer, int[][]> spans = new HashMap<>();
        Map<String, Take> takes = new HashMap<>();
        Map<String, Cell> cells = new HashMap<>();
        while (in.hasNext()) {
            switch (in.next()) {
                case "house" -> {
                    clinic.house = new House(in.nextInt(), in.nextInt(), in.nextInt());
                    perDay = in.nextInt();
                }
                case "person" -> {
                    Person one = new Person(in.nextInt(), in.nextLong(), in.nextInt() == 1);
                    people.put(one.id, one);
                    clinic.people.add(one);
                }
                case "therapist" -> {
                    Therapist one = new Therapist(in.nextInt(), in.nextInt(), in.nextInt());
                    therapists.put(one.id, one);
                    clinic.therapists.add(one);
                }
                case "apart" -> clinic.apart.add(new Apart(people.get(in.nextInt()), people.get(in.nextInt())));
                case "group" -> {
                    Group one = new Group();
                    one.id = in.nextInt();
                    one.minutes = in.nextInt();
                    one.facilitators = in.nextInt();
                    one.copies = in.nextInt();
                    one.lo = in.nextInt();
                    one.hi = in.nextInt();
                    one.price = in.nextLong();
                    one.onsite = in.nextInt() == 1;
                    one.chosen = in.nextInt() == 1;
                    int[][] at = new int[in.nextInt()][];
                    for (int each = 0; each < at.length; each++) {
                        at[each] = new int[] {in.nextInt(), in.nextInt()};
                        one.slots.set(at[each][0], at[each][1]);
                        if (one.chosen || each == 0) {
                            clinic.meetings.add(new Meeting(one, each));
                        }
                    }
                    for (int count = in.nextInt(); count > 0; count--) {
                        one.able.add(therapists.get(in.nextInt()));
                    }
                    for (int each = 0; each < one.copies * one.facilitators; each++) {
                        Lead lead = new Lead();
                        lead.id = clinic.leads.size();
                        lead.group = one;
                        clinic.leads.add(lead);
                    }
                    groups.put(one.id, one);
                    spans.put(one.id, at);
                    clinic.groups.add(one);
                }
                case "seat" -> {
                    Seat one = new Seat();
                    one.id = clinic.seats.size();
                    one.person = people.get(in.nextInt());
                    one.topic = in.next();
                    one.unmet = in.nextLong();
                    for (int count = in.nextInt(); count > 0; count--) {
                        Group group = groups.get(in.nextInt());
                        long price = in.nextLong();
                        int[] at = new int[in.nextInt()];
                        for (int each = 0; each < at.length; each++) {
                            at[each] = in.nextInt();
                        }
                        String name = group.id + " " + java.util.Arrays.toString(at);
                        Take take = takes.get(name);
                        if (take == null) {
                            take = new Take();
                            take.group = group;
                            take.at = at;
                            for (int each : at) {
                                int[] span = spans.get(group.id)[each];
                                take.slots.set(span[0], span[1]);
                                int day = span[0] / perDay;
                                if (group.onsite && !take.days.contains(day)) {
                                    take.days.add(day);
                                }
                            }
                            takes.put(name, take);
                        }
                        one.takes.add(take);
                        one.prices.put(take, price);
                    }
                    clinic.seats.add(one);
                }
                case "hour" -> {
                    Hour one = new Hour();
                    one.id = clinic.hours.size();
                    one.person = people.get(in.nextInt());
                    one.share = in.nextInt();
                    one.unmet = in.nextLong();
                    for (int count = in.nextInt(); count > 0; count--) {
                        int who = in.nextInt(), start = in.nextInt();
                        long price = in.nextLong();
                        Cell cell = cells.computeIfAbsent(who + " " + start, name -> new Cell());
                        cell.who = therapists.get(who);
                        cell.start = start;
                        cell.day = start / perDay;
                        cell.slots.set(start, start + clinic.house.hour);
                        one.cells.add(cell);
                        one.prices.put(cell, price);
                    }
                    clinic.hours.add(one);
                }
                default -> throw new IllegalArgumentException("not a line of ours");
            }
        }
        List<Integer> starts = new ArrayList<>();
        spans.forEach((id, at) -> {
            for (int[] span : groups.get(id).onsite ? at : new int[0][]) {
                if (!starts.contains(span[0])) {
                    starts.add(span[0]);
                }
            }
        });
        for (Group one : clinic.groups) {
            for (int start : one.onsite ? starts : List.<Integer>of()) {
                if (one.slots.get(start)) {
                    one.starts.add(start);
                }
            }
        }
        return clinic;
    }

    /** The plan, in lines that timefold.py reads. */
    void write(StringBuilder out) {
        for (Lead each : leads) {
            if (each.who != null) {
                out.append("lead ").append(each.group.id).append(' ').append(each.who.id).append('\n');
            }
        }
        for (Seat each : seats) {
            if (each.take != null) {
                out.append("seat ").append(each.person.id).append(' ').append(each.topic).append(' ');
                out.append(each.take.group.id);
                for (int at : each.take.at) {
                    out.append(' ').append(at);
                }
                out.append('\n');
            }
        }
        for (Hour each : hours) {
            if (each.cell != null) {
                out.append("hour ").append(each.person.id).append(' ').append(each.share).append(' ');
                out.append(each.cell.who.id).append(' ').append(each.cell.start).append('\n');
            }
        }
    }
}
