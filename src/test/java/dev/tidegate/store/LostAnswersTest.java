package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

class LostAnswersTest extends LostAnswers {
    @Override
    StoreDatabase open(UnaryOperator<DataSource> faults) throws StoreException {
        return StoreDatabase.h2(faults);
    }
}
