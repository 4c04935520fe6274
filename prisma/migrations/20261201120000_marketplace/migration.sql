CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE TABLE "shop" (
    "id" BIGSERIAL NOT NULL,
    "contact_id" UUID,
    "chat_id" BIGINT,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kelurahan" TEXT NOT NULL,
    "phone" BYTEA,
    "handover" TEXT[],
    "payments" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT,
    "source_key" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "closed_reason" TEXT,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "shop_consent" (
    "id" BIGSERIAL NOT NULL,
    "shop_id" BIGINT NOT NULL,
    "contact_id" UUID NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "shop_consent_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "shop_paper" (
    "id" BIGSERIAL NOT NULL,
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'claimed',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,

    CONSTRAINT "shop_paper_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product" (
    "id" BIGSERIAL NOT NULL,
    "shop_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL,
    "price" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "availability" TEXT NOT NULL,
    "halal" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "reason" TEXT,
    "appeal" TEXT,
    "appealed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "shown_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "misses" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product_photo" (
    "id" UUID NOT NULL,
    "product_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_photo_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product_change" (
    "id" BIGSERIAL NOT NULL,
    "product_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_type" TEXT NOT NULL,
    "by" TEXT,
    "what" TEXT NOT NULL,
    "details" TEXT,

    CONSTRAINT "product_change_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product_approval" (
    "product_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "was" JSONB NOT NULL,

    CONSTRAINT "product_approval_pkey" PRIMARY KEY ("product_id")
);


CREATE TABLE "product_look" (
    "product_id" BIGINT NOT NULL,
    "officer_id" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_look_pkey" PRIMARY KEY ("product_id")
);


CREATE TABLE "market_notice" (
    "id" BIGSERIAL NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "about" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "market_notice_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product_report" (
    "id" BIGSERIAL NOT NULL,
    "product_id" BIGINT NOT NULL,
    "contact_id" UUID,
    "reason" TEXT NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" TEXT,

    CONSTRAINT "product_report_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product_day" (
    "product_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "finds" INTEGER NOT NULL DEFAULT 0,
    "contacts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "product_day_pkey" PRIMARY KEY ("product_id","day")
);


CREATE TABLE "digest_place" (
    "id" BIGSERIAL NOT NULL,
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "featured_at" TIMESTAMPTZ(3),
    "broadcast" INTEGER,

    CONSTRAINT "digest_place_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "shop_invitation" (
    "id" BIGSERIAL NOT NULL,
    "shop_id" BIGINT,
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by_id" UUID,

    CONSTRAINT "shop_invitation_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "picture" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT,

    CONSTRAINT "picture_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "product_search" (
    "product_id" BIGINT NOT NULL,
    "shop_id" BIGINT NOT NULL,
    "category" TEXT NOT NULL,
    "price" INTEGER NOT NULL,
    "kelurahan" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "pork" BOOLEAN NOT NULL,
    "certified" BOOLEAN NOT NULL,
    "in_stock" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "name_terms" tsvector NOT NULL,
    "terms" tsvector NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_search_pkey" PRIMARY KEY ("product_id")
);


CREATE TABLE "search_word" (
    "word" TEXT NOT NULL,
    "skeleton" TEXT NOT NULL,
    "near" TEXT[],

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);


CREATE INDEX "shop_contact_id_idx" ON "shop"("contact_id");


CREATE INDEX "shop_kelurahan_idx" ON "shop"("kelurahan");


CREATE UNIQUE INDEX "shop_source_source_key_key" ON "shop"("source", "source_key");


CREATE INDEX "shop_consent_shop_id_purpose_idx" ON "shop_consent"("shop_id", "purpose");


CREATE INDEX "shop_paper_shop_id_idx" ON "shop_paper"("shop_id");


CREATE INDEX "shop_paper_state_idx" ON "shop_paper"("state");


CREATE INDEX "product_shop_id_idx" ON "product"("shop_id");


CREATE INDEX "product_state_submitted_at_idx" ON "product"("state", "submitted_at");


CREATE INDEX "product_category_unit_state_price_idx" ON "product"("category", "unit", "state", "price");


CREATE INDEX "product_name_idx" ON "product" USING GIN ("name" gin_trgm_ops);


CREATE INDEX "product_photo_product_id_position_idx" ON "product_photo"("product_id", "position");


CREATE INDEX "product_change_product_id_id_idx" ON "product_change"("product_id", "id");


CREATE UNIQUE INDEX "market_notice_chat_id_about_key" ON "market_notice"("chat_id", "about");


CREATE INDEX "market_notice_due_at_idx" ON "market_notice"("due_at");


CREATE INDEX "product_report_product_id_idx" ON "product_report"("product_id");


CREATE INDEX "product_report_settled_at_idx" ON "product_report"("settled_at");


CREATE INDEX "product_day_day_idx" ON "product_day"("day");


CREATE INDEX "digest_place_shop_id_idx" ON "digest_place"("shop_id");


CREATE INDEX "digest_place_featured_at_idx" ON "digest_place"("featured_at");


CREATE UNIQUE INDEX "shop_invitation_code_hash_key" ON "shop_invitation"("code_hash");


CREATE INDEX "shop_invitation_shop_id_idx" ON "shop_invitation"("shop_id");


CREATE UNIQUE INDEX "picture_key_key" ON "picture"("key");


CREATE INDEX "picture_kind_created_at_idx" ON "picture"("kind", "created_at");


ALTER TABLE "shop_consent" ADD CONSTRAINT "shop_consent_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "shop_paper" ADD CONSTRAINT "shop_paper_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "product" ADD CONSTRAINT "product_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "product_photo" ADD CONSTRAINT "product_photo_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "product_change" ADD CONSTRAINT "product_change_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "product_approval" ADD CONSTRAINT "product_approval_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "product_look" ADD CONSTRAINT "product_look_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


CREATE INDEX "product_search_name_terms_idx" ON "product_search" USING GIN ("name_terms");


CREATE INDEX "product_search_terms_idx" ON "product_search" USING GIN ("terms");


CREATE INDEX "product_search_shop_id_idx" ON "product_search"("shop_id");


CREATE INDEX "product_search_in_stock_shown_at_product_id_idx" ON "product_search"("in_stock" DESC, "shown_at" DESC, "product_id");


CREATE INDEX "product_search_kelurahan_in_stock_shown_at_product_id_idx" ON "product_search"("kelurahan", "in_stock" DESC, "shown_at" DESC, "product_id");


CREATE INDEX "product_search_district_in_stock_shown_at_product_id_idx" ON "product_search"("district", "in_stock" DESC, "shown_at" DESC, "product_id");


CREATE INDEX "product_search_category_in_stock_shown_at_product_id_idx" ON "product_search"("category", "in_stock" DESC, "shown_at" DESC, "product_id");


CREATE INDEX "search_word_skeleton_idx" ON "search_word"("skeleton");


CREATE INDEX "search_word_near_idx" ON "search_word" USING GIN ("near");


CREATE INDEX "search_word_word_idx" ON "search_word" USING GIST ("word" gist_trgm_ops);


ALTER TABLE "product_search" ADD CONSTRAINT "product_search_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


CREATE TABLE "market_import" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "mapping" JSONB,
    "state" TEXT NOT NULL DEFAULT 'uploaded',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "report" JSONB,
    "report_file" TEXT,
    "fault" TEXT,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "market_import_pkey" PRIMARY KEY ("id")
);


CREATE INDEX "market_import_created_at_idx" ON "market_import"("created_at");
