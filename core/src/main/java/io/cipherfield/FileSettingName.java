package io.cipherfield;

/** The sibling of a setting that names a file instead. A path is no secret. */
record FileSettingName(SettingName content) implements SettingName {

    @Override
    public String property() {
        return content.property() + "-file";
    }

    @Override
    public String environmentVariable() {
        return content.environmentVariable() + "_FILE";
    }

    @Override
    public boolean secret() {
        return false;
    }
}
