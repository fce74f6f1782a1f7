package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;

/** Refuses keys among the arguments of an application: every user of the machine can see them, and shells keep them. */
final class CommandLineKeys implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        for (PropertySource<?> source : event.getEnvironment().getPropertySources()) {
            refuse(source);
        }
    }

    private static void refuse(PropertySource<?> source) {
        if (source instanceof CommandLinePropertySource<?> arguments) {
            for (String name : arguments.getPropertyNames()) {
                refuse(name);
            }
        }
    }

    private static void refuse(String name) {
        Setting setting = SecretSetting.named(name);
        if (setting != null) {
            throw new ConfigurationException(
                    "A key is given on the command line (--" + setting.property()
                            + "), where every user of this machine can see it.",
                    "Treat that key as known to others: generate a new one, set it as the environment variable "
                            + setting.environmentVariable() + " or in a file, and rotate.");
        }
    }
}
