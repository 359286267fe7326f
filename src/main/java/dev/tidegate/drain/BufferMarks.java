package dev.tidegate.drain;

/** How much one partition may hold in memory: full at the high mark, and until it is down to half of it. */
record BufferMarks(int records, long bytes) {
    BufferMarks {
        if (records < 1 || bytes < 1) {
            throw new IllegalArgumentException("a buffer holds at least one record and one byte");
        }
    }

    boolean isFull(boolean wasFull, int heldRecords, long heldBytes) {
        if (wasFull) {
            return heldRecords > records / 2 || heldBytes > bytes / 2;
        }
        return heldRecords >= records || heldBytes >= bytes;
    }
}
