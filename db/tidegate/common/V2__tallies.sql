-- What each instance counted of a circuit while failures were seen anywhere; rows past their end do not count and are swept.
create table tidegate_tally (
    circuit    varchar(63)  not null,
    instance   varchar(255) not null,
    epoch      bigint       not null,
    calls      bigint       not null,
    failures   bigint       not null,
    slow       bigint       not null,
    expires_at timestamp(6) with time zone not null,
    constraint tidegate_tally_key primary key (circuit, instance)
);
