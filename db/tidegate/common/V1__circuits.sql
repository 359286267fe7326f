-- No check lists values by IN: H2 binds such a list to the session that made the table, and fails once that is closed.

-- The circuit's row: the only truth that the fleet shares. All times are the store's.
create table tidegate_circuit (
    name            varchar(63)  not null primary key,
    version         bigint       not null,
    epoch           bigint       not null,
    token           varchar(64)  not null,
    state           varchar(16)  not null,
    since           timestamp(6) with time zone not null,
    retry_at        timestamp(6) with time zone,
    failed_rounds   integer      not null,
    cause           varchar(32)  not null,
    detail          varchar,
    calls           bigint       not null,
    failures        bigint       not null,
    slow            bigint       not null,
    last_error      varchar,
    lease_owner     varchar,
    lease_until     timestamp(6) with time zone,
    lease_succeeded integer,
    lease_neutral   integer,
    override_kind   varchar(16),
    override_actor  varchar,
    override_reason varchar,
    override_until  timestamp(6) with time zone,
    override_id     bigint,
    writer          varchar      not null,
    constraint tidegate_circuit_retry check ((state = 'OPEN') = (retry_at is not null)),
    constraint tidegate_circuit_lease check ((state = 'HALF_OPEN') = (lease_until is not null)),
    constraint tidegate_circuit_override check ((override_kind is null) = (override_id is null)),
    constraint tidegate_circuit_numbers check (version >= 0 and epoch >= 0 and failed_rounds >= 0)
);

-- One row per edge and per change of an override, written in the transaction of the change itself.
create table tidegate_history (
    circuit     varchar(63)  not null,
    version     bigint       not null,
    epoch       bigint       not null,
    fence_token varchar(64)  not null,
    -- The epoch again where an edge made it, else null: so that it is unique among edges alone, on every database.
    edge_epoch  bigint,
    kind        varchar(16)  not null,
    from_state  varchar(16)  not null,
    to_state    varchar(16)  not null,
    cause       varchar(32)  not null,
    detail      varchar,
    actor       varchar,
    instance    varchar      not null,
    token       varchar(64)  not null,
    at          timestamp(6) with time zone not null,
    constraint tidegate_history_key primary key (circuit, version),
    constraint tidegate_history_edge unique (circuit, edge_epoch),
    constraint tidegate_history_edge_epoch check (
        (kind = 'TRANSITION' and edge_epoch is not null and edge_epoch = epoch)
        or (kind = 'OVERRIDE' and edge_epoch is null))
);

create index tidegate_history_at on tidegate_history (at);

-- What each running instance tells of itself; rows past their end are not shown and are swept away.
create table tidegate_instance (
    instance   varchar(255) not null primary key,
    report     text         not null,
    at         timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null
);

-- What operators wish of drainers.
create table tidegate_drainer_wish (
    drainer varchar(63) not null primary key,
    version bigint      not null,
    paused  boolean     not null,
    actor   varchar     not null,
    reason  varchar     not null,
    at      timestamp(6) with time zone not null
);
