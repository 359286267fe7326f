package dev.tidegate.benchmark.interceptor;

/** A bean whose one method does next to nothing, so that what stands before it is what is measured. */
public interface Calls {
    int call(int value) throws Exception;
}
