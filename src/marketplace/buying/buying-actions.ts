import type { Action, ActionContext, ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import type { Transaction } from '../../storage/database.ts'
import type { ProductQuery } from '../search/search.ts'
import { buyingContracts as contracts } from './buying-contracts.ts'
import type { BuyingDeps } from './buying-deps.ts'
import { type ContactAsks, createContactAsks } from './contact-asks.ts'
import { reportProduct } from './report-product.ts'
import { otherItems, readQuery, showResults } from './results.ts'
import { findPublic, showProduct } from './show-product.ts'

type BuyingActions = Record<keyof typeof contracts, Action<Transaction>>

/** How residents find products and reach who makes them. */
export function createBuyingActions(deps: BuyingDeps): BuyingActions {
  return { ...findingActions(deps), ...reachingActions(deps) }
}

type FindingNames = 'search_products' | 'list_products' | 'list_categories' | 'open_item' | 'show_product'

function findingActions(deps: BuyingDeps): Pick<BuyingActions, FindingNames> {
  return {
    search_products: {
      contract: contracts.search_products,
      run: (input, { transaction }) => {
        const { words } = contracts.search_products.inputs.parse(input)
        return showResults(deps, transaction, deps.search.understand(words))
      },
    },
    list_products: {
      contract: contracts.list_products,
      run: async (input, { transaction }) => {
        const query = await queryBy(deps, transaction, contracts.list_products.inputs.parse(input))
        return query === undefined ? { outcome: 'none', values: {} } : showResults(deps, transaction, query)
      },
    },
    list_categories: {
      contract: contracts.list_categories,
      run: (_, { transaction }) => listCategories(deps, transaction),
    },
    open_item: {
      contract: contracts.open_item,
      run: (input, { transaction }) => openItem(deps, transaction, contracts.open_item.inputs.parse(input)),
    },
    show_product: {
      contract: contracts.show_product,
      run: (input, { transaction }) => {
        const { product } = contracts.show_product.inputs.parse(input)
        return showProduct(deps, transaction, numberIn(String(product)))
      },
    },
  }
}

function reachingActions(
  deps: BuyingDeps,
): Pick<BuyingActions, 'ask_contact' | 'catalogue_link' | 'list_report_reasons' | 'report_product'> {
  const asks = createContactAsks()
  return {
    ask_contact: {
      contract: contracts.ask_contact,
      run: (input, context) =>
        askContact(deps, asks, context, contracts.ask_contact.inputs.parse(input).product_id),
    },
    catalogue_link: {
      contract: contracts.catalogue_link,
      run: async () => ({ outcome: 'told', values: { link: `${deps.publicUrl()}/katalog` } }),
    },
    list_report_reasons: {
      contract: contracts.list_report_reasons,
      run: async () => {
        const reasons = Object.entries(deps.words().reports).map(([reason, label]) => ({ reason, label }))
        return { outcome: 'listed', values: { reasons } }
      },
    },
    report_product: {
      contract: contracts.report_product,
      run: (input, context) => reportProduct(deps, context, contracts.report_product.inputs.parse(input)),
    },
  }
}

function numberIn(text: string): number {
  return Number(/\d{1,15}/.exec(text)?.[0] ?? Number.NaN)
}

interface Wish {
  readonly by: 'new' | 'category' | 'near' | 'shop_of'
  readonly value: string | number
}

async function queryBy(
  { store }: BuyingDeps,
  client: Transaction,
  { by, value }: Wish,
): Promise<ProductQuery | undefined> {
  switch (by) {
    case 'new':
      return { words: '' }
    case 'category':
      return { words: '', category: String(value) }
    case 'near':
      return { words: '', near: String(value) }
    case 'shop_of': {
      const product = await store.product(client, Number(value))
      return product === undefined ? undefined : { words: '', shopId: product.shopId }
    }
  }
}

async function listCategories({ buying, words }: BuyingDeps, client: Transaction): Promise<ActionResult> {
  const { categories } = words()
  const rows = (await buying.categories(client)).map((category) => ({
    category,
    label: categories[category]?.title ?? category,
  }))
  return rows.length === 0
    ? { outcome: 'none', values: {} }
    : { outcome: 'some', values: { categories: rows } }
}

async function openItem(
  deps: BuyingDeps,
  transaction: Transaction,
  { item, query, offset }: { readonly item: number; readonly query: string; readonly offset: number },
): Promise<ActionResult> {
  switch (item) {
    case otherItems.more:
      return showResults(deps, transaction, readQuery(query), offset)
    case otherItems.withoutPork:
      return showResults(deps, transaction, { ...readQuery(query), withoutPork: true })
    case otherItems.again:
      return { outcome: 'again', values: {} }
    default:
      return showProduct(deps, transaction, item)
  }
}

async function askContact(
  deps: BuyingDeps,
  asks: ContactAsks,
  { transaction, contactId, now }: ActionContext<Transaction>,
  productId: number,
): Promise<ActionResult> {
  const found = await findPublic(deps, transaction, productId)
  if (found === undefined) return { outcome: 'gone', values: {} }
  const phone = await deps.contacts.phone(transaction, found.shop.id)
  if (phone === undefined) return { outcome: 'not_given', values: {} }
  const ask = asks.take(contactId, productId, now)
  if (ask === 'too_many') return { outcome: 'too_many', values: {} }
  if (ask === 'first') deps.days.count([{ productId, what: 'contacts' }])
  const words = fill(deps.words().contact_text, { product: found.product.name })
  return { outcome: 'told', values: { link: `https://wa.me/${phone}?text=${encodeURIComponent(words)}` } }
}
