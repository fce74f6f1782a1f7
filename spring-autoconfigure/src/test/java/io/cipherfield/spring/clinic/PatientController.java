package io.cipherfield.spring.clinic;

import java.time.LocalDate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PatientController {

    private final PatientRepository patients;

    PatientController(PatientRepository patients) {
        this.patients = patients;
    }

    @PostMapping("/patients")
    String store(@RequestParam String name, @RequestParam String ssn, @RequestParam String born) {
        return String.valueOf(
                patients.save(new Patient(name, ssn, LocalDate.parse(born))).id());
    }

    @GetMapping("/patients/{id}")
    String read(@PathVariable Long id) {
        return patients.findById(id).orElseThrow().toString();
    }
}
