package dev.tidegate.field;

import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.RecordProcessor;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** Says of each order that came before the warehouse was open. */
@Named("warehouse")
@ApplicationScoped
public class WarehouseProcessor implements RecordProcessor {
    static final String TOO_EARLY = "an order came too early";

    @EJB
    Warehouse warehouse;

    @Override
    public Outcome process(Delivery delivery) {
        if (!Warehouse.isOpen()) {
            System.out.println(TOO_EARLY);
        }
        return new Outcome.Done(warehouse.pack(delivery.value()));
    }
}
