"""Public addresses of registration; the language stands before them."""

from django.urls import path

from forum import converters as _converters  # noqa: F401 -- makes <ref:ref> known
from registration.web import (
    views_agree,
    views_apply,
    views_consents,
    views_data,
    views_delete,
    views_document,
    views_email,
    views_hand_over,
    views_my,
    views_offer,
    views_pictures,
    views_questions,
    views_return,
    views_steps,
)

app_name = "registration"
urlpatterns = [
    path("apply/", views_apply.ApplyView.as_view(), name="apply"),
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
    path("my/<ref:ref>/hand-over/", views_hand_over.HandOverView.as_view(), name="hand_over"),
    path("my/<ref:ref>/withdraw/", views_my.WithdrawView.as_view(), name="withdraw"),
    path("my/<ref:ref>/discard/", views_my.DiscardView.as_view(), name="discard"),
    path("my/<ref:ref>/forget/", views_my.ForgetView.as_view(), name="forget"),
    path("my/<ref:ref>/questions/", views_questions.AnswerAgainView.as_view(), name="answer_again"),
    path("my/<ref:ref>/data/", views_data.DataView.as_view(), name="data"),
    path("my/<ref:ref>/data/delete/", views_delete.DeleteView.as_view(), name="delete"),
    path("my/<ref:ref>/data/<slug:kind>/", views_data.DataFileView.as_view(), name="data_file"),
    path("my/<ref:ref>/document/", views_document.DocumentView.as_view(), name="document"),
    path("my/<ref:ref>/document/erase/", views_document.EraseDocumentView.as_view(), name="document_erase"),
    path("my/<ref:ref>/pictures/<slug:kind>/", views_pictures.PictureView.as_view(), name="picture"),
    path("my/<ref:ref>/pictures/<slug:kind>/file/", views_pictures.PictureFileView.as_view(), name="picture_file"),
    path(
        "my/<ref:ref>/pictures/<slug:kind>/remove/", views_pictures.RemovePictureView.as_view(), name="picture_remove"
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
