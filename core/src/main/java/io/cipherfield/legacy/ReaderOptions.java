package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The options of one configured reader. What is missing or has a value that it cannot have is refused with its names, never with the value. */
final class ReaderOptions {

    private final ReaderType type;
    private final String name;
    private final SettingSource source;

    ReaderOptions(ReaderType type, String name, SettingSource source) {
        this.type = type;
        this.name = name;
        this.source = source;
    }

    /** The reader's name. */
    String name() {
        return name;
    }

    /** The type's name. */
    String type() {
        return type.label();
    }

    boolean anySet() {
        return type.options().stream()
                .map(this::setting)
                .anyMatch(setting -> source.findFilled(setting) != null
                        || (setting.secret() && source.findFilled(setting.file()) != null));
    }

    SettingSource.@Nullable Found find(Option option) {
        return option.secret() ? source.findOrFile(setting(option)) : source.findFilled(setting(option));
    }

    /** What the file holds that the option's sibling {@code <name>-file} names. */
    String contentOfFile(Option option) {
        return Objects.requireNonNull(source.findOrFile(setting(option))).value();
    }

    /** Without white space around it. */
    String text(Option option, String byDefault) {
        SettingSource.Found found = find(option);
        return found == null ? byDefault : found.value().strip();
    }

    SettingSource.Found required(Option option) {
        SettingSource.Found found = find(option);
        if (found == null) {
            LegacySetting setting = setting(option);
            throw new ConfigurationException(
                    "The legacy reader " + name + " (" + type.label() + ") has no " + option.name() + ".",
                    "Set " + setting.environmentVariable() + " (" + setting.property() + "), or "
                            + setting.file().environmentVariable() + " to a file that holds it.");
        }
        return found;
    }

    /**
     * One secret, or several: with commas between them where they are set themselves, white space around each not part of it; in a file one a line.
     */
    List<SettingSource.Found> oneOrMore(Option one, Option several) {
        SettingSource.Found found = find(several);
        if (found == null) {
            return List.of(required(one));
        }
        SettingSource.Found single = find(one);
        if (single != null) {
            throw new ConfigurationException(
                    single.origin() + " and the option " + several.name() + " are both set.",
                    "Put all of them into " + several.name() + ", and unset the other.");
        }
        boolean inFile = source.findFilled(setting(several)) == null;
        List<String> entries = inFile
                ? found.value().lines().filter(line -> !line.isBlank()).toList()
                : Arrays.stream(found.value().split(",", -1)).map(String::strip).toList();
        List<SettingSource.Found> secrets = new ArrayList<>();
        for (String entry : entries) {
            String which = "Entry " + (secrets.size() + 1) + " of " + entries.size() + " of "
                    + Character.toLowerCase(found.origin().charAt(0))
                    + found.origin().substring(1);
            if (entry.isEmpty()) {
                throw new ConfigurationException(
                        which + " is empty, perhaps a variable that was not set.",
                        "Remove the comma, or put the missing one there.");
            }
            secrets.add(new SettingSource.Found(entry, which));
        }
        return secrets;
    }

    /** @param choices the default first */
    String choice(Option option, String... choices) {
        SettingSource.Found found = find(option);
        if (found == null) {
            return choices[0];
        }
        for (String choice : choices) {
            if (choice.equalsIgnoreCase(found.value().strip())) {
                return choice;
            }
        }
        throw wrong(
                option,
                "Set one of " + new LinkedHashSet<>(List.of(choices)) + ", or leave it out for " + choices[0] + ".");
    }

    int positive(Option option, int byDefault) {
        SettingSource.Found found = find(option);
        if (found == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(found.value().strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers that are not positive.
        }
        throw wrong(option, "Set a whole number from 1 on, or leave it out for " + byDefault + ".");
    }

    /** @param action what would be right */
    ConfigurationException wrong(Option option, String action) {
        return new ConfigurationException(
                Objects.requireNonNull(find(option)).origin() + " has a value that it cannot have.", action);
    }

    LegacySetting setting(Option option) {
        return new LegacySetting(type.label(), name, option);
    }
}
