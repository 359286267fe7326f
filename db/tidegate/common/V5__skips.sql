-- What operators wish drainers to pass: one row for each place, the latest wish for it. The owner of the partition answers.
create table tidegate_skip (
    id         varchar(64)  not null,
    drainer    varchar(63)  not null,
    topic      varchar(249) not null,
    part       integer      not null,
    pos        bigint       not null,
    to_pos     bigint,
    actor      varchar      not null,
    reason     varchar      not null,
    state      varchar(16)  not null,
    outcome    varchar      not null,
    instance   varchar(255),
    at         timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    constraint tidegate_skip_key primary key (drainer, topic, part, pos)
);
