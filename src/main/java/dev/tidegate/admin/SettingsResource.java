package dev.tidegate.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The settings in force on this instance, each with its source; secrets are hidden. */
@Path("settings")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
public class SettingsResource {
    private final EffectiveSettings settings;

    @Inject
    public SettingsResource(EffectiveSettings settings) {
        this.settings = settings;
    }

    /** JAX-RS insists on one without arguments and then leaves the making to CDI. */
    @SuppressWarnings("NullAway")
    public SettingsResource() {
        this.settings = null;
    }

    /** By key. */
    @GET
    public List<EffectiveSettings.Setting> all() {
        return settings.all();
    }
}
