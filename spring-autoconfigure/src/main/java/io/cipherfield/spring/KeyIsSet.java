package io.cipherfield.spring;

import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether there is a key at all. An application without encrypted attributes starts without one; with them, the
 * SessionFactory refuses to be built and says what to set.
 */
final class KeyIsSet extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Cipherfield key");
        SettingSource settings = new EnvironmentSettings(context.getEnvironment());
        for (Setting setting : List.of(Setting.KEY, Setting.KEY_FILE)) {
            SettingSource.Found found = settings.find(setting);
            // Compose files pass on variables that are not set as empty ones. An empty key is a mistake that is told
            // of.
            if (found != null && !(setting == Setting.KEY_FILE && found.value().isBlank())) {
                return ConditionOutcome.match(message.because(found.origin() + " is set"));
            }
        }
        return ConditionOutcome.noMatch(message.because(
                "neither " + Setting.KEY.property() + " nor " + Setting.KEY_FILE.property() + " is set"));
    }
}
