package io.cipherfield.benchmarks.value;

import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import io.cipherfield.BlindIndexPrf;
import io.cipherfield.CipherKey;
import java.security.GeneralSecurityException;
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

/** The keyed function behind a blind index, 16 bytes of output. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {

    private static final int OUTPUT_SIZE_IN_BYTES = 16;

    @Param({"16", "64", "1024"})
    public int size;

    private final BlindIndexPrf prf =
            BlindIndexPrf.of(CipherKey.generate(), "Patient.email", OUTPUT_SIZE_IN_BYTES * Byte.SIZE);
    private final PrfSet tink = tink();
    private byte[] value = {};

    @Setup
    public void setUp() {
        value = new byte[size];
        RandomGenerator.getDefault().nextBytes(value);
    }

    private static PrfSet tink() {
        try {
            PrfConfig.register();
            return Tink.newKey(PredefinedPrfParameters.HMAC_SHA256_PRF)
                    .getPrimitive(RegistryConfiguration.get(), PrfSet.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public byte[] cipherfield() {
        return prf.index(value);
    }

    @Benchmark
    public byte[] tinkPrf() throws Exception {
        return tink.computePrimary(value, OUTPUT_SIZE_IN_BYTES);
    }
}
