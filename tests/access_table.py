"""Who gets what at every address: one line a name. Add yours; tests/test_access.py walks them.

Columns: somebody not signed in, coordinator, expert, contact person, leader and billing contact
of Kannus, contact person of Jämsä. Every address below /k/ is that of Kannus.

A status is a number; `in` leads to the sign-in, `->` leads elsewhere (302). `POST` before the
statuses: the address takes no GET. What a GET refuses is refused to a POST as well.
"""

PUBLIC = "200 200 200 200 200 200 200"
OPENS = "200 ->  ->  ->  ->  ->  -> "  # pages of signing in lead away whoever has
OWN = "in  200 200 200 200 200 200"  # pages of one's own account
NOBODYS = "in  404 404 404 404 404 404"  # an object of one's own account that is not there
FACTOR = "in  200 200 404 404 404 404"  # pages of a second factor, for those who have one
STEP = "->  ->  ->  ->  ->  ->  -> "  # a step of a sign-in that has not begun

#                                   nobody coord expert contact leader billing jämsä
TABLE = {
    # -- the house
    "healthz":                          PUBLIC,
    "gallery":                          PUBLIC,  # production has none
    "theme":                            "POST -> -> -> -> -> -> ->",
    "set_language":                     "POST -> -> -> -> -> -> ->",
    # -- signing in, by allauth
    "account_login":                    OPENS,
    "account_logout":                   "->  200 200 200 200 200 200",
    "account_inactive":                 PUBLIC,
    "account_signup":                   OPENS,
    "account_request_login_code":       OPENS,
    "account_confirm_login_code":       STEP,
    "account_email_verification_sent":  STEP,
    "account_reset_password":           PUBLIC,
    "account_confirm_password_reset_code": STEP,
    "account_complete_password_reset":  STEP,
    "account_password_reset_completed": PUBLIC,
    "mfa_authenticate":                 STEP,
    "mfa_login_webauthn":               STEP,
    "account_reauthenticate":           "in  ->  ->  403 403 403 403",
    "account_email":                    OWN,
    "account_change_password":          "in  ->  ->  ->  ->  ->  -> ",  # to setting the first
    "account_set_password":             OWN,
    "mfa_index":                        OWN,
    "mfa_list_webauthn":                OWN,
    "mfa_add_webauthn":                 OWN,
    "mfa_edit_webauthn":                NOBODYS,
    "mfa_remove_webauthn":              NOBODYS,
    "mfa_activate_totp":                "in  ->  ->  200 200 200 200",
    "mfa_deactivate_totp":              FACTOR,
    "mfa_view_recovery_codes":          FACTOR,
    "mfa_download_recovery_codes":      FACTOR,
    "mfa_generate_recovery_codes":      OWN,
    "mfa_reauthenticate":               "in  200 200 403 403 403 403",
    "mfa_reauthenticate_webauthn":      "in  ->  ->  403 403 403 403",
    "socialaccount_connections":        OWN,
    "socialaccount_signup":             STEP,
    "socialaccount_login_cancelled":    PUBLIC,
    "socialaccount_login_error":        "in  401 401 401 401 401 401",
    "openid_connect_login":             "404 404 404 404 404 404 404",  # no such directory
    "openid_connect_callback":          "404 404 404 404 404 404 404",
    # -- people and starts
    "home_network:start":               "in  ->  ->  ->  ->  ->  -> ",
    "home_network:today":               "in  200 200 403 403 403 403",
    "home:municipality":                "in  200 200 200 200 200 404",
    "people_network:account":           OWN,
    "people_network:second_factor":     OWN,
    "people_network:accept":            "200 403 403 403 403 403 403",
    "people_network:roles":             "in  200 403 403 403 403 403",
    "people_network:invite":            "in  200 403 403 403 403 403",
    "people_network:answer_invitation": "POST in -> 403 403 403 403 403",
    "people_network:end_role":          "in  200 403 403 403 403 403",
    "people:list":                      "in  200 403 200 200 403 404",
    "people:add":                       "in  200 403 200 403 403 404",
    "people:edit":                      "in  200 403 200 403 403 404",
    "people:set_active":                "POST in -> 403 -> 403 403 404",
    "people:contacts":                  "in  200 403 200 200 403 404",
    "people:invite":                    "in  200 403 200 403 403 404",
    "people:answer_invitation":         "POST in -> 403 -> 403 403 404",
    "people:end_role":                  "in  200 403 200 403 403 404",
    # -- events
    "events:list":                      "in  200 200 200 200 403 404",
    "events:detail":                    "in  200 200 200 200 403 404",
    "events:grid":                      "in  200 403 200 403 403 404",
    "events_network:list":              "in  200 200 403 403 403 403",
    "events_network:detail":            "in  200 200 403 403 403 403",
    "events_network:new":               "in  200 403 403 403 403 403",
    "events_network:edit":              "in  200 403 403 403 403 403",
    "events_network:publish":           "POST in 422 403 403 403 403 403",
    "events_network:cancel":            "in  200 403 403 403 403 403",
    # -- situation analyses
    "analysis:overview":                "in  200 200 200 200 403 404",
    "analysis:indicator":               "in  200 200 200 200 403 404",
    "analysis:peers":                   "in  200 403 200 403 403 404",
    "analysis:chart_picture":           "in  200 200 200 200 403 404",
    "analysis:chart_csv":               "in  200 200 200 200 403 404",
    "analysis:annex":                   "in  200 200 200 200 403 404",
    "analysis:document":                "in  200 200 200 200 403 404",
    "analysis:make_document":           "POST in -> -> -> -> 403 404",
    "analysis:rebuild":                 "POST in -> 403 403 403 403 404",
    "analysis:approve":                 "POST in -> 403 403 403 403 404",
    "analysis:reopen":                  "POST in -> 403 403 403 403 404",
    "analysis:publish":                 "POST in -> 403 403 403 403 404",
    "analysis:review":                  "in  200 200 403 403 403 404",  # an expert it was given to
    "analysis:keep_all":                "POST in -> -> 403 403 403 404",
    "analysis:assign_expert":           "POST in -> 403 403 403 403 404",
    "analysis:remove_expert":           "POST in -> 403 403 403 403 404",
    "analysis:ready":                   "POST in 404 -> 403 403 403 404",  # for the expert alone
    "analysis:sentence":                "in  200 200 403 403 403 404",
    "analysis:answer_edit":             "POST in -> -> 403 403 403 404",
    "analysis:add_comment":             "in  200 200 403 403 403 404",
    "analysis:change_comment":          "in  200 200 403 403 403 404",
    "analysis:answer_comment":          "POST in -> -> 403 403 403 404",
    "analysis_network:approve":         "POST in -> 403 403 403 403 403",
    "analysis_network:open_one":         "in  404 404 403 403 403 403",  # without a choice
    "analysis_network:season":          "in  200 200 403 403 403 403",
    "analysis_network:build":           "POST in -> 403 403 403 403 403",
    "analysis_network:make_documents":  "POST in -> 403 403 403 403 403",
    "analysis_network:publish":         "POST in -> 403 403 403 403 403",
    "statistics_network:sources":      "in  200 200 403 403 403 403",
    "statistics_network:import_live":     "POST in -> 403 403 403 403 403",
    "statistics_network:decline_import":  "POST in -> 403 403 403 403 403",
    "statistics_network:file": "in  200 403 403 403 403 403",
    "statistics_network:mapping": "in  -> 403 403 403 403 403",  # not of a file
    "statistics_network:indicators":      "in  200 200 403 403 403 403",
    "statistics_network:add_indicator":   "in  200 403 403 403 403 403",
    "statistics_network:edit_indicator":  "in  200 403 403 403 403 403",
    "statistics_network:retire_indicator": "in  200 403 403 403 403 403",
    "statistics_network:reinstate_indicator": "POST in -> 403 403 403 403 403",
    "statistics_network:start_import": "POST in 400 403 403 403 403 403",  # without its fields
    "statistics_network:accept_import":   "POST in -> 403 403 403 403 403",
    # -- tasks
    "jobs:retry":                       "POST in -> 403 -> -> 403 404",
    "jobs_network:retry":               "POST in -> 403 403 403 403 403",
    "jobs:detail":                      "in  200 200 200 200 200 404",
    "jobs_network:list":                "in  200 403 403 403 403 403",
    "jobs_network:detail":              "in  200 403 403 403 403 403",
    # -- seasons
    "seasons_network:list":             "in  200 200 403 403 403 403",
    "seasons_network:detail":           "in  200 200 403 403 403 403",
    "seasons_network:members":          "in  200 200 403 403 403 403",
    "seasons_network:member":           "in  200 200 403 403 403 403",
    "seasons_network:add_member":       "in  200 403 403 403 403 403",
    "seasons_network:population_year":  "POST in -> 403 403 403 403 403",
    "seasons_network:open":             "POST in -> 403 403 403 403 403",
    "seasons_network:decide":           "POST in 422 403 403 403 403 403",
    "seasons_network:stage":            "POST in -> 403 403 403 403 403",
    "seasons_network:confirm":          "POST in -> 403 403 403 403 403",
    "seasons_network:withdraw":         "POST in -> 403 403 403 403 403",
    "seasons_network:restore":          "POST in -> 403 403 403 403 403",
    # -- workshops
    "workshops:list":                   "in  200 200 200 200 403 404",
    "workshops:ask":                    "in  200 403 200 403 403 404",
    "workshops:detail":                 "in  200 200 200 200 403 404",
    "workshops:revise":                 "POST in 422 403 422 403 403 404",
    "workshops:cancel":                 "POST in -> 403 -> 403 403 404",
    "workshops_network:season":         "in  200 200 403 403 403 403",
    "workshops_network:detail":         "in  200 200 403 403 403 403",
    "workshops_network:plan":           "POST in 422 403 403 403 403 403",
    "workshops_network:ask_back":       "POST in 422 403 403 403 403 403",
    "workshops_network:held":           "POST in 422 403 403 403 403 403",
    "workshops_network:undo_held":      "POST in -> 403 403 403 403 403",
    "workshops_network:cancel":         "POST in -> 403 403 403 403 403",
    # -- billing: money is not for experts
    "billing:list":                     "in  200 403 200 200 200 404",
    "billing_network:season":           "in  200 403 403 403 403 403",
    "billing_network:year":             "in  200 403 403 403 403 403",
    "billing_network:drafts":           "in  200 403 403 403 403 403",
    "billing_network:remove_drafts":    "in  200 403 403 403 403 403",
}  # fmt: skip

# Addresses that carry their own guard instead of `@requires`: allauth's, and these of ours.
OWN_GUARD = {
    "people_network:accept": "the token is the right; a signed-in stranger is refused",
}
