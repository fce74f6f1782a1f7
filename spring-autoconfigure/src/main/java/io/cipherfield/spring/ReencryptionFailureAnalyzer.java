package io.cipherfield.spring;

import io.cipherfield.hibernate.reencrypt.ReencryptionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a job that could not start or not go on; its message says what to do. */
final class ReencryptionFailureAnalyzer extends AbstractFailureAnalyzer<ReencryptionException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ReencryptionException cause) {
        String message = cause.getMessage();
        return message == null ? null : new FailureAnalysis(message, null, rootFailure);
    }
}
