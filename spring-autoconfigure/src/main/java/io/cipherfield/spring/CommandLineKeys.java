package io.cipherfield.spring;

import io.cipherfield.SettingName;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** Refuses keys among the arguments of an application: every user of the machine can see them, and shells keep them. */
final class CommandLineKeys implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    /** Spring Boot's property, and the name of the source in which its properties are. */
    private static final String JSON = "spring.application.json";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        MutablePropertySources sources = event.getEnvironment().getPropertySources();
        for (PropertySource<?> source : sources) {
            if (source instanceof CommandLinePropertySource<?> arguments) {
                refuse(arguments);
                if (arguments.containsProperty(JSON)
                        && sources.get(JSON) instanceof EnumerablePropertySource<?> properties) {
                    refuse(properties);
                }
            }
        }
    }

    private static void refuse(EnumerablePropertySource<?> source) {
        for (String name : source.getPropertyNames()) {
            refuse(name);
        }
    }

    private static void refuse(String name) {
        SettingName setting = SettingName.secret(name);
        if (setting != null) {
            throw setting.onCommandLine();
        }
    }
}
