package io.cipherfield.hibernate.reencrypt;

/** What all workers of a job share, and why it ends early. Thread-safe. */
record Run(
        Mode mode,
        WorkQueue queue,
        Gate gate,
        Tally tally,
        Ledger ledger,
        FailureBudget budget,
        Ending ending,
        ReencryptionListener listener) {}
