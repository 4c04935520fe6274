import type { z } from 'zod'
import type { Action, ActionContract, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { answerWeek, confirmWeek } from './answer-week.ts'
import { appealRemoval } from './appeal.ts'
import { applyChange } from './apply-change.ts'
import { askNext, beginListing, categoryRows, unitRows } from './begin-listing.ts'
import { changeByWords, confirmChange } from './change-by-words.ts'
import { listDraftPhotos, putDraftPhoto } from './draft-photos.ts'
import { editOwnProduct } from './edit-own-product.ts'
import { listingContracts as contracts } from './listing-contracts.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { moveOwnProduct } from './move-own-product.ts'
import { showOwnWeek } from './my-week.ts'
import { noteCertificate, notePhotoOrName, notePrice, noteShopName, noteUnit } from './note-answers.ts'
import { giveOwnConsent, listConsents, lookAtConsent, withdrawConsent } from './own-consents.ts'
import { claimOwnPaper, listPapers } from './own-papers.ts'
import { addOwnPhoto, listOwnPhotos, removeOwnPhoto } from './own-photos.ts'
import { findOwnProduct, listOwnProducts, showOwnProduct } from './own-products.ts'
import { changeOwnShop, listPayments, showOwnShop } from './own-shop.ts'
import { askConsent, sendListing } from './send-listing.ts'

type OwnerAction = Action<Transaction>

/** An action: what it is given has passed its contract, and is read by it. */
function act<Contract extends ActionContract>(
  contract: Contract,
  run: (input: z.output<Contract['inputs']>, context: OwnerContext) => ActionResult | Promise<ActionResult>,
): OwnerAction {
  const { inputs }: { readonly inputs: Contract['inputs'] } = contract
  return { contract, run: async (input, context) => run(inputs.parse(input), context) }
}

/** What flows may do on the owner's side of the marketplace. */
export function createListingActions(deps: ListingDeps): Record<keyof typeof contracts, OwnerAction> {
  return { ...newProductActions(deps), ...ownProductActions(deps), ...ownShopActions(deps) }
}

function newProductActions(deps: ListingDeps) {
  return {
    begin_listing: act(contracts.begin_listing, (_, context) => beginListing(deps, context)),
    ask_next: act(contracts.ask_next, (input, context) => askNext(deps, context, input)),
    note_photo_or_name: act(contracts.note_photo_or_name, (input) => notePhotoOrName(deps, input)),
    list_draft_photos: act(contracts.list_draft_photos, listDraftPhotos),
    put_draft_photo: act(contracts.put_draft_photo, (input) => putDraftPhoto(deps, input)),
    drop_photos: act(contracts.drop_photos, () => ({
      outcome: 'dropped',
      values: { photos: [], pictures: '', photo_done: false, note: '' },
    })),
    note_price: act(contracts.note_price, (input, context) => notePrice(deps, context, input)),
    note_unit: act(contracts.note_unit, (input) => noteUnit(deps, input)),
    note_certificate: act(contracts.note_certificate, (input, context) =>
      noteCertificate(deps, context, input),
    ),
    note_shop_name: act(contracts.note_shop_name, (input) => noteShopName(deps, input)),
    ask_consent: act(contracts.ask_consent, (input, context) => askConsent(deps, context, input)),
    send_listing: act(contracts.send_listing, (input, context) => sendListing(deps, context, input)),
  }
}

function ownProductActions(deps: ListingDeps) {
  return {
    list_own_products: act(contracts.list_own_products, (input, context) =>
      listOwnProducts(deps, context, input),
    ),
    find_own_product: act(contracts.find_own_product, (input, context) =>
      findOwnProduct(deps, context, input),
    ),
    show_own_product: act(contracts.show_own_product, (input, context) =>
      showOwnProduct(deps, context, input),
    ),
    edit_own_product: act(contracts.edit_own_product, (input, context) =>
      editOwnProduct(deps, context, input),
    ),
    list_units: act(contracts.list_units, () => ({ outcome: 'listed', values: { rows: unitRows(deps) } })),
    list_product_categories: act(contracts.list_product_categories, ({ name }) => ({
      outcome: 'listed',
      values: { rows: categoryRows(deps, name) },
    })),
    move_own_product: act(contracts.move_own_product, (input, context) =>
      moveOwnProduct(deps, context, input),
    ),
    list_own_photos: act(contracts.list_own_photos, (input, context) => listOwnPhotos(deps, context, input)),
    add_own_photo: act(contracts.add_own_photo, (input, context) => addOwnPhoto(deps, context, input)),
    remove_own_photo: act(contracts.remove_own_photo, (input, context) =>
      removeOwnPhoto(deps, context, input),
    ),
    appeal_removal: act(contracts.appeal_removal, (input, context) => appealRemoval(deps, context, input)),
    change_by_words: act(contracts.change_by_words, (input, context) => changeByWords(deps, context, input)),
    confirm_change: act(contracts.confirm_change, (input, context) => confirmChange(deps, context, input)),
    apply_change: act(contracts.apply_change, (input, context) => applyChange(deps, context, input)),
    confirm_week: act(contracts.confirm_week, (_, context) => confirmWeek(deps, context)),
    answer_week: act(contracts.answer_week, (input, context) => answerWeek(deps, context, input)),
  }
}

function ownShopActions(deps: ListingDeps) {
  return {
    show_own_shop: act(contracts.show_own_shop, (_, context) => showOwnShop(deps, context)),
    change_own_shop: act(contracts.change_own_shop, (input, context) => changeOwnShop(deps, context, input)),
    list_payments: act(contracts.list_payments, (_, context) => listPayments(deps, context)),
    list_own_consents: act(contracts.list_own_consents, (_, context) => listConsents(deps, context)),
    look_at_consent: act(contracts.look_at_consent, (input, context) => lookAtConsent(deps, context, input)),
    give_own_consent: act(contracts.give_own_consent, (input, context) =>
      giveOwnConsent(deps, context, input),
    ),
    withdraw_own_consent: act(contracts.withdraw_own_consent, (input, context) =>
      withdrawConsent(deps, context, input),
    ),
    list_own_papers: act(contracts.list_own_papers, (_, context) => listPapers(deps, context)),
    claim_own_paper: act(contracts.claim_own_paper, (input, context) => claimOwnPaper(deps, context, input)),
    my_week: act(contracts.my_week, (_, context) => showOwnWeek(deps, context)),
  }
}
