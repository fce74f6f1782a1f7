package io.cipherfield.internal.cli;

/** What {@code --help} prints. */
final class Help {

    static final String TEXT = """
            Makes keys, and reads what Cipherfield encrypted, without the application.

              generate-key                print a new key
              key-id                      print the ids of the keys that are set
              inspect  [csv]              print format, suite, key id and length of each value; needs no key
              decrypt --context C [csv]   print each value decrypted
                --context Patient.ssn       the declaring class's simple name and the attribute, or what @Encrypted(context) says
                --bytes base64|hex          how byte arrays are printed (base64)

            Values come from standard input, one a line: in text form, or the bytes in hex (cf01…, \\xcf01…, 0xCF01…, X'CF01…')
            or in base64. Or as the column of a CSV file with a header line, all else of which is copied:
                --csv --column ssn          the column
                --delimiter ';'             one character, or 'tab' (,)
            Empty values, \\N and NULL stay what they are. One value a line: line breaks in values are printed as \\n, and
            backslashes as \\\\. A value that fails is marked with '\\!' and named on standard error, and the others go on.

            Keys come from the environment, never from arguments, which every user of the machine can see:
              CIPHERFIELD_KEY, or CIPHERFIELD_KEY_FILE for a file that holds it
              CIPHERFIELD_DECRYPT_ONLY_KEYS (comma-separated), CIPHERFIELD_DECRYPT_ONLY_KEYS_FILE (one a line)

            Exit status: 0 all done, 1 could not run, 2 some values failed, 64 wrong arguments.
            """;

    private Help() {}
}
