package dev.tidegate.drain;

/** Throws what a method does not declare. */
final class DrainerBenchErrors {
    private DrainerBenchErrors() {}

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable error) throws T {
        throw (T) error;
    }
}
