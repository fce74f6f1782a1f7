package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureBudgetTest {

    @Test
    void it_is_never_exceeded() {
        FailureBudget budget = new FailureBudget(5, 2);
        assertThat(budget.take(2)).isTrue();
        assertThat(budget.take(2)).isFalse();
        assertThat(budget.left()).isEqualTo(1);
        assertThat(budget.take(1)).isTrue();
        assertThat(budget.take(1)).isFalse();
        assertThat(budget.take(0)).isTrue();
    }

    @Test
    void a_page_that_is_rolled_back_gives_back_what_it_took() {
        FailureBudget budget = new FailureBudget(1, 0);
        budget.take(1);
        budget.giveBack(1);
        assertThat(budget.take(1)).isTrue();
    }

    @Test
    void an_earlier_attempt_with_a_higher_limit_lets_none_fail_but_does_not_stop_what_succeeds() {
        FailureBudget budget = new FailureBudget(1, 7);
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(1)).isFalse();
        assertThat(budget.left()).isZero();
    }
}
