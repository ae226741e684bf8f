import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;

/** Timefold on one clinic from standard input for some seconds of processor or wall time: `java Peer CPU WALL SEED`; the plan on standard output. */
public class Peer {
    public static void main(String[] words) throws IOException {
        Clinic clinic = Clinic.read(new Scanner(System.in, StandardCharsets.UTF_8));
        List<MoveSelectorConfig> moves = List.of(
                change(Clinic.Seat.class, 3.0), change(Clinic.Hour.class, 4.0), change(Clinic.Lead.class, 0.5),
                swap(Clinic.Seat.class, 1.0), swap(Clinic.Hour.class, 1.0), swap(Clinic.Lead.class, 0.25),
                weighted(new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Moves.class), 1.0));
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Clinic.class)
                .withEntityClasses(Clinic.Lead.class, Clinic.Seat.class, Clinic.Hour.class)
                .withConstraintProviderClass(Rules.class)
                .withRandomSeed(Long.parseLong(words[2]))
                .withTerminationSpentLimit(Duration.ofMillis((long) (1000 * Double.parseDouble(words[1]))))
                .withPhases(new LocalSearchPhaseConfig()
                        .withMoveSelectorConfig(new UnionMoveSelectorConfig().withMoveSelectors(moves.toArray(new MoveSelectorConfig[0])))
                        .withAcceptorConfig(acceptor())
                        .withForagerConfig(new LocalSearchForagerConfig()
                                .withAcceptedCountLimit(Integer.getInteger("accepted", 1))));
        StringBuilder out = new StringBuilder();
        Solver<Clinic> solver = SolverFactory.<Clinic>create(config).buildSolver();
        solver.addEventListener(event -> {
            Clinic best = event.getNewBestSolution();
            if (best.score.isFeasible()) {
                out.append("step ").append(spent()).append(' ').append(-best.score.softScore()).append('\n');
            }
        });
        stopAfter(solver, Double.parseDouble(words[0]));
        Clinic found = solver.solve(clinic);
        figure(out, "hard", found.score.hardScore());
        figure(out, "soft", -found.score.softScore());
        figure(out, "speed", ((DefaultSolver<Clinic>) solver).getMoveEvaluationSpeed());
        figure(out, "peak", peak());
        figure(out, "cpu", spent());
        found.write(out);
        System.out.print(out);
    }

    /** Processor time counts, not the clock: the machine may be shared. */
    private static void stopAfter(Solver<Clinic> solver, double seconds) {
        Thread watch = new Thread(() -> {
            while (spent() < 1000 * seconds) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
            solver.terminateEarly();
        });
        watch.setDaemon(true);
        watch.start();
    }

    /** Milliseconds of processor time of this process, the compiler's and the collector's among them. */
    private static long spent() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private static void figure(StringBuilder out, String name, long value) {
        out.append("figure ").append(name).append(' ').append(value).append('\n');
    }

    /** The most memory this process had, in kB; 0 where the system does not say. */
    private static long peak() throws IOException {
        Path said = Path.of("/proc/self/status");
        for (String line : Files.exists(said) ? Files.readAllLines(said) : List.<String>of()) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    private static LocalSearchAcceptorConfig acceptor() {
        String heat = System.getProperty("heat");
        return heat != null
                ? new LocalSearchAcceptorConfig().withSimulatedAnnealingStartingTemperature(heat)
                : new LocalSearchAcceptorConfig().withLateAcceptanceSize(Integer.getInteger("late", 400));
    }

    private static MoveSelectorConfig<?> change(Class<?> kind, double weight) {
        return weighted(new ChangeMoveSelectorConfig().withEntitySelectorConfig(new EntitySelectorConfig(kind)), weight);
    }

    private static MoveSelectorConfig<?> swap(Class<?> kind, double weight) {
        return weighted(new SwapMoveSelectorConfig().withEntitySelectorConfig(new EntitySelectorConfig(kind)), weight);
    }

    private static MoveSelectorConfig<?> weighted(MoveSelectorConfig<?> moves, double weight) {
        moves.setFixedProbabilityWeight(weight);
        return moves;
    }
}
