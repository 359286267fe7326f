package dev.tidegate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a caller meets: one immutable object per snapshot, read with one volatile read. The window's identity is the fence of
 * untracked permits: a permit whose window is not the gate's any more is late.
 */
interface Gate {
    Permit enter();

    /** The window that results count in, or {@code null} where none counts. */
    @Nullable
    Window window();
}
