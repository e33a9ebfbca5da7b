import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;
import org.verapdf.processor.reports.enums.JobEndStatus;

/**
 * Validates PDF files with the veraPDF engine, each in two profiles: PDF/UA-1 and level A of
 * PDF/A-2, or of PDF/A-3 for a file whose metadata says {@code pdfaid:part} 3.
 *
 * <p>Prints one line per file and profile on standard output, {@code ok PROFILE FILE} or
 * {@code FAIL PROFILE FILE}; the rules that failed follow a FAIL line, indented. Exits 0 if every
 * file conforms to both profiles, 1 if not, 2 when no file is given.
 *
 * <p>All files are checked in one run, as starting the engine takes longer than checking a file.
 * It is run by the script {@code conformity} beside this file.
 */
public final class Conformity {
    /** How many failed rules are shown for one file, over both of its profiles. */
    private static final int SHOWN_RULES = 10;

    /** One failed check shown per rule: the first. How many there were is counted apart. */
    private static final ValidatorConfig CONFIG = ValidatorConfigBuilder.defaultBuilder()
            .recordPasses(false)
            .showErrorMessages(true)
            .maxNumberOfDisplayedFailedChecks(1)
            .build();

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final VeraPDFFoundry foundry = Foundries.defaultInstance();
    private final Map<PDFAFlavour, PDFAValidator> validators = new EnumMap<>(PDFAFlavour.class);
    private final PrintStream out;

    private Conformity(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] paths) {
        if (paths.length == 0) {
            System.err.println("usage: Conformity FILE...");
            System.exit(2);
        }
        // The engine logs what it works around in a file; what matters comes back as failed rules.
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();

        Conformity conformity = new Conformity(System.out);
        boolean conforming = true;
        for (String path : paths) {
            conforming &= conformity.check(path);
        }
        System.exit(conforming ? 0 : 1);
    }

    /** Checks one file in its two profiles and prints the results; true if it passes both. */
    private boolean check(String path) {
        File file = new File(path);
        boolean conforming = true;
        int room = SHOWN_RULES;
        for (PDFAFlavour profile : List.of(PDFAFlavour.PDFUA_1, archivalProfile(file))) {
            ValidationResult result;
            try (PDFAParser parser = foundry.createParser(file, profile)) {
                result = validator(profile).validate(parser);
            } catch (Exception | StackOverflowError error) {
                // Not a PDF, encrypted, or so broken that the engine gives up.
                out.printf("FAIL %s %s%n  not validated: %s%n", profile.getId(), path, reason(error));
                conforming = false;
                continue;
            }
            if (passes(result)) {
                out.printf("ok %s %s%n", profile.getId(), path);
            } else {
                out.printf("FAIL %s %s%n", profile.getId(), path);
                room -= printFailures(result, room);
                conforming = false;
            }
        }
        return conforming;
    }

    /** The PDF/A profile to hold a file to: 3a if its metadata says part 3, otherwise 2a. */
    private PDFAFlavour archivalProfile(File file) {
        try (PDFAParser parser = foundry.createParser(file)) {
            for (PDFAFlavour claimed : parser.getFlavours()) {
                if (claimed.getPart() == PDFAFlavour.Specification.ISO_19005_3) {
                    return PDFAFlavour.PDFA_3_A;
                }
            }
        } catch (Exception | StackOverflowError error) {
            // A file that cannot be read says nothing; validating it reports why.
        }
        return PDFAFlavour.PDFA_2_A;
    }

    /** The validator of a profile, made once as reading the profile's rules is slow. */
    private PDFAValidator validator(PDFAFlavour profile) {
        return validators.computeIfAbsent(profile, wanted -> foundry.createValidator(CONFIG, wanted));
    }

    /** A result counts only if the validation ran to its end and did check something. */
    private static boolean passes(ValidationResult result) {
        return result.isCompliant()
                && result.getJobEndStatus() == JobEndStatus.NORMAL
                && result.getTotalAssertions() > 0;
    }

    /** Prints the failed rules in their order, at most {@code room}; returns how many it printed. */
    private int printFailures(ValidationResult result, int room) {
        Map<RuleId, Integer> failedChecks = result.getFailedChecks();
        int printed = 0;
        // The engine gives them in an order that changes from run to run.
        List<TestAssertion> failures = new ArrayList<>(result.getTestAssertions());
        failures.removeIf(assertion -> assertion.getStatus() != TestAssertion.Status.FAILED);
        failures.sort(Comparator.comparing(failure -> sortKey(failure.getRuleId())));
        for (TestAssertion failure : failures.subList(0, Math.min(room, failures.size()))) {
            RuleId rule = failure.getRuleId();
            out.printf("  %s, clause %s, test %d (%d failed)%n", rule.getSpecification().getId(),
                    rule.getClause(), rule.getTestNumber(), failedChecks.getOrDefault(rule, 1));
            out.printf("    rule:    %s%n", oneLine(failure.getMessage()));
            if (failure.getErrorMessage() != null) {
                out.printf("    error:   %s%n", oneLine(failure.getErrorMessage()));
            }
            out.printf("    context: %s%n", oneLine(failure.getLocation().getContext()));
            printed++;
        }
        if (failedChecks.size() > printed) {
            out.printf("  and %d more failed rules%n", failedChecks.size() - printed);
        } else if (failedChecks.isEmpty()) {
            out.printf("  no rule failed, but the validation ended as %s after %d checks%n",
                    result.getJobEndStatus(), result.getTotalAssertions());
        }
        return printed;
    }

    /** Orders rules by clause and test, the numbers in them as numbers: 7.2 before 7.10. */
    private static String sortKey(RuleId rule) {
        return NUMBER.matcher(rule.getClause() + " " + rule.getTestNumber())
                .replaceAll(number -> String.format("%05d", Integer.parseInt(number.group())));
    }

    /** What an exception and its causes say, on one line. */
    private static String reason(Throwable error) {
        StringBuilder text = new StringBuilder(error.toString());
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; ").append(cause);
        }
        return oneLine(text.toString());
    }

    private static String oneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }
}
