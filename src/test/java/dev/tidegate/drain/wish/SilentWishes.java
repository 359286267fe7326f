package dev.tidegate.drain.wish;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import java.util.Map;

/** Wishes in a store that may fail. */
final class SilentWishes implements DrainerWishes {
    final DrainerWishes stored;
    StoreException beforeWrite;
    StoreException afterWrite;
    StoreException read;

    SilentWishes(DrainerWishes stored) {
        this.stored = stored;
    }

    private static void fail(StoreException error) throws StoreException {
        if (error != null) {
            throw error;
        }
    }

    @Override
    public Map<String, DrainerWish> read() throws StoreException {
        fail(read);
        return stored.read();
    }

    @Override
    public boolean createIfAbsent(DrainerWish wish) throws StoreException {
        return stored.createIfAbsent(wish);
    }

    @Override
    public boolean write(DrainerWish next) throws StoreException {
        fail(beforeWrite);
        boolean isWritten = stored.write(next);
        fail(afterWrite);
        return isWritten;
    }

    @Override
    public Subscription listen(Runnable changed) {
        return stored.listen(changed);
    }
}
