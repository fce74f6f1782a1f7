package io.cipherfield.benchmarks.value;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Encrypts and decrypts one field. Each candidate runs in a JVM of its own, so that no call has more than one target. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FieldBenchmark {

    /** Decrypting one ciphertext again and again would hide the key schedules that a real table makes a reader pay. */
    private static final int CIPHERTEXTS = 256;

    @Param
    public Candidate candidate = Candidate.RAW_GCM;

    @Param({"16", "64", "1024"})
    public int size;

    private FieldCipher cipher = new RawGcm(new byte[32], new byte[0]);
    private byte[] plaintext = {};
    private final byte[][] ciphertexts = new byte[CIPHERTEXTS][];
    private int next;

    @Setup
    public void setUp() throws Exception {
        cipher = candidate.cipher();
        plaintext = new byte[size];
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < CIPHERTEXTS; i++) {
            random.nextBytes(plaintext);
            ciphertexts[i] = cipher.encrypt(plaintext);
        }
    }

    @Benchmark
    public byte[] encrypt() throws Exception {
        return cipher.encrypt(plaintext);
    }

    @Benchmark
    public byte[] decrypt() throws Exception {
        return cipher.decrypt(ciphertexts[next++ & (CIPHERTEXTS - 1)]);
    }
}
