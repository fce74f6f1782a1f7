package io.cipherfield.legacy;

import java.util.List;
import java.util.function.Function;

/** A kind of reader that needs no code, but settings under {@code cipherfield.legacy.<label>}. */
record ReaderType(String label, List<Option> options, Function<ReaderOptions, LegacyReader> factory) {

    static final List<ReaderType> ALL = List.of(
            new ReaderType("jasypt", JasyptOptions.ALL, JasyptReader::from),
            new ReaderType("fernet", List.of(FernetReader.KEY, FernetReader.KEYS), FernetReader::ofKeys),
            new ReaderType("redash", List.of(FernetReader.SECRET, FernetReader.SECRETS), FernetReader::ofRedashSecrets),
            new ReaderType("metabase", List.of(MetabaseReader.SECRET), MetabaseReader::from),
            new ReaderType("dbackup", List.of(DbackupReader.KEY), DbackupReader::from),
            new ReaderType("freeboard", List.of(FreeboardReader.KEY), FreeboardReader::from));

    static List<String> labels() {
        return ALL.stream().map(ReaderType::label).toList();
    }
}
