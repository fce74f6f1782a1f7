package io.cipherfield.benchmarks.value;

/** One way to encrypt a field, whole: with its header, nonce and context, as it would be stored. */
interface FieldCipher {

    byte[] encrypt(byte[] plaintext) throws Exception;

    byte[] decrypt(byte[] ciphertext) throws Exception;
}
