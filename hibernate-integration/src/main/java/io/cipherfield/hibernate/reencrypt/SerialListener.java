package io.cipherfield.hibernate.reencrypt;

/** Lets one worker speak at a time. */
final class SerialListener implements ReencryptionListener {

    private final ReencryptionListener listener;

    SerialListener(ReencryptionListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void progress(Progress progress) {
        listener.progress(progress);
    }

    @Override
    public synchronized void notice(String text) {
        listener.notice(text);
    }
}
