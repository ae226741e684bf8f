"""The access table: every URL by name with the roles it admits. What is not here is refused."""

from homeground.chart import access as chart
from homeground.confidentiality import access as confidentiality
from homeground.desk import access as desk
from homeground.front_door import access as front_door
from homeground.ground.access import HOUSE_ONLY, Table
from homeground.interop import access as interop
from homeground.people import access as people
from homeground.placement import access as placement
from homeground.plan import access as plan
from homeground.program import access as program
from homeground.timetable import access as timetable
from homeground.treatment import access as treatment

SIGN_IN: Table = dict.fromkeys(
    [
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_confirm_login_code",
        "account_confirm_email",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_login_webauthn",
        "usersessions_list",
    ],
    HOUSE_ONLY,
)
HOUSE: Table = {"ground:healthz": HOUSE_ONLY, "ground:style": HOUSE_ONLY, "set_language": HOUSE_ONLY}

TABLE: Table = {
    **HOUSE,
    **SIGN_IN,
    **front_door.PAGES,
    **people.PAGES,
    **program.PAGES,
    **confidentiality.PAGES,
    **chart.PAGES,
    **placement.PAGES,
    **plan.PAGES,
    **timetable.PAGES,
    **treatment.PAGES,
    **interop.PAGES,
    **desk.PAGES,
}
