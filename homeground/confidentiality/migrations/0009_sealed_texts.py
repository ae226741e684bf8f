from django.db import migrations, models

from homeground.ground.begun import refuse_if_written


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0008_consents_in_hand"),
        ("people", "0004_sealed_contacts"),
    ]

    operations = [
        refuse_if_written(
            "confidentiality_breach",
            "confidentiality_breakglass",
            "confidentiality_confidentialcontact",
            "confidentiality_consent",
            "confidentiality_disclosure",
            "confidentiality_lookreview",
            "confidentiality_noticeacknowledgement",
            "confidentiality_outsiderequest",
            "confidentiality_proposal",
            "confidentiality_representative",
            "confidentiality_restriction",
            "confidentiality_rightsrequest",
            "confidentiality_riskassessment",
        ),
        migrations.RemoveConstraint(
            model_name="breakglass",
            name="confidentiality_glass_reason",
        ),
        migrations.RemoveConstraint(
            model_name="consent",
            name="confidentiality_consent_event",
        ),
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="confidentiality_disclosure_said",
        ),
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="confidentiality_disclosure_emergency",
        ),
        migrations.RemoveConstraint(
            model_name="lookreview",
            name="confidentiality_look_says_why",
        ),
        migrations.RemoveConstraint(
            model_name="outsiderequest",
            name="confidentiality_outside_checked",
        ),
        migrations.RemoveConstraint(
            model_name="rightsrequest",
            name="confidentiality_request_denied_says_why",
        ),
        migrations.RemoveConstraint(
            model_name="rightsrequest",
            name="confidentiality_request_extended",
        ),
        migrations.RemoveField(model_name="breach", name="description"),
        migrations.AddField(
            model_name="breach",
            name="description",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="breach", name="low_risk_why"),
        migrations.AddField(
            model_name="breach",
            name="low_risk_why",
            field=models.BinaryField(
                blank=True, help_text="Why there is little risk: then nobody must be told"
            ),
        ),
        migrations.RemoveField(model_name="breakglass", name="reason"),
        migrations.AddField(
            model_name="breakglass",
            name="reason",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="breakglass", name="review_words"),
        migrations.AddField(
            model_name="breakglass",
            name="review_words",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="confidentialcontact", name="address"),
        migrations.AddField(
            model_name="confidentialcontact",
            name="address",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="confidentialcontact", name="email"),
        migrations.AddField(
            model_name="confidentialcontact",
            name="email",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="confidentialcontact", name="hours"),
        migrations.AddField(
            model_name="confidentialcontact",
            name="hours",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="confidentialcontact", name="phone"),
        migrations.AddField(
            model_name="confidentialcontact",
            name="phone",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="confidentialcontact", name="words"),
        migrations.AddField(
            model_name="confidentialcontact",
            name="words",
            field=models.BinaryField(blank=True, help_text="What may be said or must not be"),
        ),
        migrations.RemoveField(model_name="consent", name="confirmed_why"),
        migrations.AddField(
            model_name="consent",
            name="confirmed_why",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="consent", name="cosigned_name"),
        migrations.AddField(
            model_name="consent",
            name="cosigned_name",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="consent", name="ending_words"),
        migrations.AddField(
            model_name="consent",
            name="ending_words",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="consent", name="recipient_address"),
        migrations.AddField(
            model_name="consent",
            name="recipient_address",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="consent", name="signed_name"),
        migrations.AddField(
            model_name="consent",
            name="signed_name",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="consent", name="signed_text"),
        migrations.AddField(
            model_name="consent",
            name="signed_text",
            field=models.BinaryField(blank=True, help_text="The text as it was read; empty on older rows"),
        ),
        migrations.RemoveField(model_name="disclosure", name="description"),
        migrations.AddField(
            model_name="disclosure",
            name="description",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="disclosure", name="emergency"),
        migrations.AddField(
            model_name="disclosure",
            name="emergency",
            field=models.BinaryField(blank=True, help_text="The nature of the emergency"),
        ),
        migrations.RemoveField(model_name="disclosure", name="facility"),
        migrations.AddField(
            model_name="disclosure",
            name="facility",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="disclosure", name="recipient"),
        migrations.AddField(
            model_name="disclosure",
            name="recipient",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="disclosure", name="recipient_address"),
        migrations.AddField(
            model_name="disclosure",
            name="recipient_address",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="lookreview", name="words"),
        migrations.AddField(
            model_name="lookreview",
            name="words",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="noticeacknowledgement", name="not_signed_because"),
        migrations.AddField(
            model_name="noticeacknowledgement",
            name="not_signed_because",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="outsiderequest", name="asker_address"),
        migrations.AddField(
            model_name="outsiderequest",
            name="asker_address",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="outsiderequest", name="asker_name"),
        migrations.AddField(
            model_name="outsiderequest",
            name="asker_name",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="outsiderequest", name="asker_organization"),
        migrations.AddField(
            model_name="outsiderequest",
            name="asker_organization",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="outsiderequest", name="identity_checked_by"),
        migrations.AddField(
            model_name="outsiderequest",
            name="identity_checked_by",
            field=models.BinaryField(blank=True, help_text="How it was checked"),
        ),
        migrations.RemoveField(model_name="outsiderequest", name="paper_reference"),
        migrations.AddField(
            model_name="outsiderequest",
            name="paper_reference",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="outsiderequest", name="subject"),
        migrations.AddField(
            model_name="outsiderequest",
            name="subject",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="outsiderequest", name="words"),
        migrations.AddField(
            model_name="outsiderequest",
            name="words",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="proposal", name="ending_words"),
        migrations.AddField(
            model_name="proposal",
            name="ending_words",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="proposal", name="recipient_address"),
        migrations.AddField(
            model_name="proposal",
            name="recipient_address",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="representative", name="name"),
        migrations.AddField(
            model_name="representative",
            name="name",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="representative", name="shown_by"),
        migrations.AddField(
            model_name="representative",
            name="shown_by",
            field=models.BinaryField(default=b"", help_text="The paper that shows the right to sign"),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="restriction", name="recipient"),
        migrations.AddField(
            model_name="restriction",
            name="recipient",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="rightsrequest", name="answer_words"),
        migrations.AddField(
            model_name="rightsrequest",
            name="answer_words",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="rightsrequest", name="extended_why"),
        migrations.AddField(
            model_name="rightsrequest",
            name="extended_why",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="rightsrequest", name="words"),
        migrations.AddField(
            model_name="rightsrequest",
            name="words",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="riskassessment", name="acquired_words"),
        migrations.AddField(
            model_name="riskassessment",
            name="acquired_words",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="riskassessment", name="mitigated_words"),
        migrations.AddField(
            model_name="riskassessment",
            name="mitigated_words",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="riskassessment", name="nature_words"),
        migrations.AddField(
            model_name="riskassessment",
            name="nature_words",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="riskassessment", name="recipient_words"),
        migrations.AddField(
            model_name="riskassessment",
            name="recipient_words",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", b""), _negated=True), name="confidentiality_glass_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_with", "event"), _negated=True),
                    models.Q(("ending_words", b""), _negated=True),
                    _connector="OR",
                ),
                name="confidentiality_consent_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recipient", b""), _negated=True),
                    models.Q(("description", b""), _negated=True),
                    models.Q(("categories", []), _negated=True),
                ),
                name="confidentiality_disclosure_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "emergency"), _negated=True),
                    models.Q(
                        models.Q(("emergency", b""), _negated=True),
                        models.Q(("facility", b""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="confidentiality_disclosure_emergency",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", b""), _negated=True), name="confidentiality_look_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="outsiderequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("identity_checked_at", None),
                        ("identity_checked_by", b""),
                        ("identity_checked_by_id", None),
                    ),
                    models.Q(
                        ("identity_checked_at__gte", models.F("received_at")),
                        ("identity_checked_at__isnull", False),
                        ("identity_checked_by_id__isnull", False),
                        models.Q(("identity_checked_by", b""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="confidentiality_outside_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extended_on", None), ("extended_to", None), ("extended_why", b"")),
                    models.Q(
                        ("extended_on__isnull", False),
                        ("extended_to__gt", models.F("due_on")),
                        ("extended_to__isnull", False),
                        models.Q(("extended_why", b""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="confidentiality_request_extended",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "denied"), _negated=True),
                    models.Q(("answer_words", b""), _negated=True),
                    _connector="OR",
                ),
                name="confidentiality_request_denied_says_why",
            ),
        ),
    ]
