package io.cipherfield.hibernate.reencrypt;

import java.util.function.Consumer;

/**
 * What all workers of a job share. Thread-safe.
 *
 * @param betweenPages what a worker does before each page and while it waits for it, on its own connection
 */
record Run(
        WorkQueue queue,
        Gate gate,
        Tally tally,
        Ledger ledger,
        FailureBudget budget,
        Ending ending,
        Consumer<JobConnection> betweenPages,
        JobSettings settings,
        Deciders deciders) {}
