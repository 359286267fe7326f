-- One kind is rare among the other: without this the newest few of it are searched for among all that was ever written.
create index tidegate_history_kind on tidegate_history (kind, at);
