-- What was done with dead letters: a letter is replayed once unless somebody says otherwise. Kafka keeps the letters themselves.
create table tidegate_letter_mark (
    letter varchar(1024) not null,
    kind   varchar(16)   not null,
    actor  varchar(255)  not null,
    reason varchar        not null,
    at     timestamp(6) with time zone not null,
    constraint tidegate_letter_mark_key primary key (letter)
);
