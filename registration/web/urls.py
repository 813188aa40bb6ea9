"""Public addresses of registration; the language stands before them."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import (
    views_agree,
    views_answer_files,
    views_apply,
    views_changes,
    views_code,
    views_consents,
    views_data,
    views_document,
    views_email,
    views_equipment,
    views_invitation,
    views_my,
    views_offer,
    views_pictures,
    views_questions,
    views_return,
    views_steps,
    views_visa,
)

app_name = "registration"
urlpatterns = [
    path("apply/", views_apply.ApplyView.as_view(), name="apply"),
    path("apply/code/", views_code.CodesView.as_view(), name="codes"),
    path("apply/code/<slug:code>/", views_code.CodeView.as_view(), name="code"),
    path("apply/invitation/<slug:secret>/", views_invitation.InvitationView.as_view(), name="invitation"),
    path("apply/<slug:category>/consent/", views_apply.ConsentView.as_view(), name="consent"),
    path("apply/return/<slug:token>/", views_return.ReturnView.as_view(), name="return"),
    path("apply/offer/<slug:secret>/", views_offer.OfferView.as_view(), name="offer"),
    path("apply/<ref:ref>/agree/", views_agree.AgreeView.as_view(), name="agree"),
    path("apply/<ref:ref>/check/", views_steps.SummaryView.as_view(), name="summary"),
    path("apply/<ref:ref>/sent/", views_steps.SentView.as_view(), name="sent"),
    path("apply/<ref:ref>/questions/", views_questions.QuestionsView.as_view(), name="questions"),
    path("apply/<ref:ref>/<slug:step>/", views_steps.StepView.as_view(), name="step"),
    path("my/", views_my.MyView.as_view(), name="my"),
    path("my/<ref:ref>/confirm/", views_my.ConfirmView.as_view(), name="confirm"),
    path("my/<ref:ref>/accept/", views_offer.AcceptView.as_view(), name="accept"),
    path("my/<ref:ref>/withdraw/", views_my.WithdrawView.as_view(), name="withdraw"),
    path("my/<ref:ref>/discard/", views_my.DiscardView.as_view(), name="discard"),
    path("my/<ref:ref>/forget/", views_my.ForgetView.as_view(), name="forget"),
    path("my/<ref:ref>/questions/", views_questions.AnswerAgainView.as_view(), name="answer_again"),
    path("my/<ref:ref>/data/", views_data.DataView.as_view(), name="data"),
    path("my/<ref:ref>/data/<slug:kind>/", views_data.DataFileView.as_view(), name="data_file"),
    path("my/<ref:ref>/answers/<uuid:public_id>/", views_answer_files.OwnFileView.as_view(), name="answer_file"),
    path("my/<ref:ref>/document/", views_document.DocumentView.as_view(), name="document"),
    path("my/<ref:ref>/document/erase/", views_document.EraseDocumentView.as_view(), name="document_erase"),
    path("my/<ref:ref>/pictures/<slug:kind>/", views_pictures.PictureView.as_view(), name="picture"),
    path("my/<ref:ref>/pictures/<slug:kind>/file/", views_pictures.PictureFileView.as_view(), name="picture_file"),
    path(
        "my/<ref:ref>/pictures/<slug:kind>/remove/", views_pictures.RemovePictureView.as_view(), name="picture_remove"
    ),
    path("my/<ref:ref>/visa/", views_visa.VisaView.as_view(), name="visa"),
    path("my/<ref:ref>/visa/ask/", views_visa.AskView.as_view(), name="visa_ask"),
    path("my/<ref:ref>/visa/stop/", views_visa.StopView.as_view(), name="visa_stop"),
    path("my/<ref:ref>/visa/letter/", views_visa.LetterView.as_view(), name="visa_letter"),
    path("my/<ref:ref>/equipment/", views_equipment.EquipmentView.as_view(), name="equipment"),
    path("my/<ref:ref>/equipment/<uuid:public_id>/", views_equipment.LineView.as_view(), name="equipment_line"),
    path(
        "my/<ref:ref>/equipment/<uuid:public_id>/remove/",
        views_equipment.RemoveLineView.as_view(),
        name="equipment_remove",
    ),
    path("my/<ref:ref>/changes/", views_changes.ChangesView.as_view(), name="changes"),
    path(
        "my/<ref:ref>/changes/<uuid:public_id>/take-back/",
        views_changes.TakeBackView.as_view(),
        name="change_take_back",
    ),
    path("my/<ref:ref>/email/", views_email.EmailView.as_view(), name="email"),
    path("my/<ref:ref>/email/code/", views_email.EmailCodeView.as_view(), name="email_code"),
    path("my/<ref:ref>/consents/", views_consents.ConsentsView.as_view(), name="consents"),
    path("my/<ref:ref>/consents/<slug:matter>/", views_consents.GiveConsentView.as_view(), name="give_consent"),
    path(
        "my/<ref:ref>/consents/<slug:matter>/withdraw/",
        views_consents.WithdrawConsentView.as_view(),
        name="withdraw_consent",
    ),
]
