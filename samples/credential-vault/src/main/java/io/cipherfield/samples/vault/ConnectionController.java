package io.cipherfield.samples.vault;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Sort;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Secrets leave the vault at one place, which asks for them by name: {@code /connections/{id}/credentials}. */
@RestController
@RequestMapping("/connections")
class ConnectionController {

    private final ConnectionRepository connections;

    ConnectionController(ConnectionRepository connections) {
        this.connections = connections;
    }

    @PostMapping
    ResponseEntity<ConnectionSummary> create(@Valid @RequestBody Credentials credentials) {
        ConnectionSummary created =
                connections.save(new DataSourceConnection(credentials)).summary();
        return ResponseEntity.created(URI.create("/connections/" + created.id()))
                .body(created);
    }

    @GetMapping
    List<ConnectionSummary> list() {
        return connections.findAll(Sort.by("name")).stream()
                .map(DataSourceConnection::summary)
                .toList();
    }

    @GetMapping("/{id}")
    Credentials masked(@PathVariable long id) {
        return find(id).masked();
    }

    @GetMapping("/{id}/credentials")
    ResponseEntity<Credentials> credentials(@PathVariable long id) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(find(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        connections.deleteById(id);
    }

    private Credentials find(long id) {
        return connections
                .findById(id)
                .map(DataSourceConnection::credentials)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.CONFLICT)
    void nameIsTaken(DataIntegrityViolationException e) {}
}
