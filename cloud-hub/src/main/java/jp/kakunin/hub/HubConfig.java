package jp.kakunin.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.DueState;
import jp.kakunin.hub.authority.AuthoritySettings;
import jp.kakunin.hub.enrolment.Ports;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.http.HttpLimits;
import jp.kakunin.hub.journal.Durability;

/// How one hub node runs.
///
/// @param data the data directory; the hub's files are in its folder `hub`
/// @param exchangePort 0 for the one kept in the data directory, or a free one at the first start
/// @param consolePort likewise
/// @param shards threads that decide about clinics
/// @param clockIsRight somebody said that the machine's clock is right, however long the hub was off
/// @param filingDay day of the month after on which the clinics file their claims
/// @param auditMonths how long audit stubs outlive the close of their month; 0 writes none
public record HubConfig(
        Path data,
        int exchangePort,
        int consolePort,
        int shards,
        HttpLimits http,
        ExchangeSettings exchange,
        AuthoritySettings authority,
        Durability durability,
        boolean clockIsRight,
        int filingDay,
        int auditMonths) {
    private static final int SHARDS_MAX = 64;
    private static final int FILING_DAY_MAX = 31;
    private static final int AUDIT_MONTHS_MAX = 120;

    public HubConfig {
        List<String> problems = new ArrayList<>();
        if (exchangePort < 0 || exchangePort > Ports.PORT_MAX) {
            problems.add("exchange port must be 0 to " + Ports.PORT_MAX + ", was " + exchangePort);
        }
        if (consolePort < 0 || consolePort > Ports.PORT_MAX) {
            problems.add("console port must be 0 to " + Ports.PORT_MAX + ", was " + consolePort);
        }
        if (exchangePort != 0 && exchangePort == consolePort) {
            problems.add("exchange port and console port must differ, both were " + exchangePort);
        }
        if (shards < 1 || shards > SHARDS_MAX) {
            problems.add("shards must be 1 to " + SHARDS_MAX + ", was " + shards);
        }
        if (filingDay < 1 || filingDay > FILING_DAY_MAX) {
            problems.add("filing day must be 1 to " + FILING_DAY_MAX + ", was " + filingDay);
        }
        if (auditMonths < 0 || auditMonths > AUDIT_MONTHS_MAX) {
            problems.add("audit months must be 0 to " + AUDIT_MONTHS_MAX + ", was " + auditMonths);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public static HubConfig of(Path data) {
        // One processor is left to committing, compaction and connections, or whoever has a patient waits for them.
        int shards = Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, SHARDS_MAX);
        return new HubConfig(
                data,
                0,
                0,
                shards,
                HttpLimits.DEFAULT,
                ExchangeSettings.DEFAULT,
                AuthoritySettings.REGISTRY,
                Durability.ofProcess(),
                false,
                DueState.FILING_DAY,
                0);
    }

    public HubConfig withPorts(int exchange, int console) {
        return new HubConfig(
                data,
                exchange,
                console,
                shards,
                http,
                this.exchange,
                authority,
                durability,
                clockIsRight,
                filingDay,
                auditMonths);
    }

    public HubConfig withExchange(ExchangeSettings settings) {
        return new HubConfig(
                data,
                exchangePort,
                consolePort,
                shards,
                http,
                settings,
                authority,
                durability,
                clockIsRight,
                filingDay,
                auditMonths);
    }

    public HubConfig withClockIsRight(boolean said) {
        return new HubConfig(
                data,
                exchangePort,
                consolePort,
                shards,
                http,
                exchange,
                authority,
                durability,
                said,
                filingDay,
                auditMonths);
    }

    public HubConfig withFilingDay(int day) {
        return new HubConfig(
                data,
                exchangePort,
                consolePort,
                shards,
                http,
                exchange,
                authority,
                durability,
                clockIsRight,
                day,
                auditMonths);
    }

    public HubConfig withAuditMonths(int months) {
        return new HubConfig(
                data,
                exchangePort,
                consolePort,
                shards,
                http,
                exchange,
                authority,
                durability,
                clockIsRight,
                filingDay,
                months);
    }

    public HubConfig withAuthority(AuthoritySettings other) {
        return new HubConfig(
                data,
                exchangePort,
                consolePort,
                shards,
                http,
                exchange,
                other,
                durability,
                clockIsRight,
                filingDay,
                auditMonths);
    }
}
