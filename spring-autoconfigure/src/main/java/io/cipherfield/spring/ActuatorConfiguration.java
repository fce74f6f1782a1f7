package io.cipherfield.spring;

import io.cipherfield.SettingName;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps keys out of Actuator's endpoints, also where an application lets them show values. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SanitizingFunction.class)
class ActuatorConfiguration {

    @Bean
    SanitizingFunction cipherfieldSanitizingFunction() {
        return data -> SettingName.secret(data.getKey()) == null ? data : data.withSanitizedValue();
    }
}
