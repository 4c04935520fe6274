/** Whether the shop `s` is open to the public, so that its products may be seen. */
const isOpenShop = `s.state = 'active' AND EXISTS (SELECT 1 FROM shop_consent c
  WHERE c.shop_id = s.id AND c.purpose = 'publish' AND c.ended_at IS NULL)`

/** Whether the product `p` is in the catalogue as far as its own state goes. */
const isShown = `p.state IN ('shown', 'sold_out')`

/** Whether anybody may see the product `p` of the shop `s`. */
export const isPublicProduct = `${isShown} AND ${isOpenShop}`

/** Whether anybody may see the shop `s`: with the first product that officers let pass they have seen its name and words too. */
export const isPublicShop = `${isOpenShop} AND EXISTS (SELECT 1 FROM product p WHERE p.shop_id = s.id AND ${isShown})`

/** Whether anybody could see the shop `s` once. */
export const wasPublicShop = `EXISTS (SELECT 1 FROM product p WHERE p.shop_id = s.id AND p.shown_at IS NOT NULL)
  AND EXISTS (SELECT 1 FROM shop_consent c WHERE c.shop_id = s.id AND c.purpose = 'publish')`

/** The first photo of a product whose number an expression gives. */
export const photoOf = (id: string) =>
  `(SELECT h.id FROM product_photo h WHERE h.product_id = ${id} ORDER BY h.position LIMIT 1)`

/** Whether the product `p` is certified as halal by a paper that staff verified: of the product, or of its whole shop. */
const isProven = `p.halal = 'certified' AND EXISTS (SELECT 1 FROM shop_paper a WHERE a.shop_id = p.shop_id
  AND a.kind = 'halal' AND a.state = 'verified' AND (a.product_id IS NULL OR a.product_id = p.id))`

/** The product `p` of the shop `s`, as lists show it. */
export const cardOf = `json_build_object(
  'id', p.id, 'name', p.name, 'price', p.price, 'unit', p.unit, 'category', p.category, 'halal', p.halal,
  'isProven', ${isProven},
  'availability', p.availability, 'soldOut', p.state = 'sold_out', 'shopId', s.id, 'shopName', s.name,
  'kelurahan', s.kelurahan, 'photo', ${photoOf('p.id')})`

/** The kinds of papers of the shop `s` that staff verified, where a condition on the paper `a` holds. */
export const papersOf = (condition: string) => `(SELECT coalesce(json_agg(DISTINCT a.kind), '[]')
  FROM shop_paper a WHERE a.shop_id = s.id AND a.state = 'verified' AND ${condition})`

/** Whether the paper `a` may stand on the page of the shop `s`: a halal certificate stands beside nothing that contains pork. */
const isOfShop = `a.product_id IS NULL AND (a.kind <> 'halal' OR NOT EXISTS (SELECT 1 FROM product x
  WHERE x.shop_id = s.id AND x.state IN ('shown', 'sold_out') AND x.halal = 'pork'))`

/** The shop `s`, as its pages show it. */
export const shopOf = `json_build_object(
  'id', s.id, 'name', s.name, 'description', s.description, 'kelurahan', s.kelurahan,
  'handover', coalesce(s.handover, '{}'), 'payments', coalesce(s.payments, '{}'),
  'papers', ${papersOf(isOfShop)})`
