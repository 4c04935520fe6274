CREATE TABLE "whatsapp_account" (
    "account" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "creds" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'unlinked',
    "reason" TEXT,
    "state_at" TIMESTAMPTZ(3) NOT NULL,
    "linked_at" TIMESTAMPTZ(3),
    "last_inbound_at" TIMESTAMPTZ(3),
    "restricted_until" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "archived_secret" BYTEA,
    "archived_creds" BYTEA,

    CONSTRAINT "whatsapp_account_pkey" PRIMARY KEY ("account")
);


CREATE TABLE "whatsapp_key" (
    "account" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "id_hash" BYTEA NOT NULL,
    "value" BYTEA,

    CONSTRAINT "whatsapp_key_pkey" PRIMARY KEY ("account","type","id_hash")
);


CREATE TABLE "whatsapp_archived_key" (
    "account" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "id_hash" BYTEA NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "whatsapp_archived_key_pkey" PRIMARY KEY ("account","type","id_hash")
);


CREATE TABLE "whatsapp_person" (
    "id" BIGSERIAL NOT NULL,
    "account" TEXT NOT NULL,
    "name" BYTEA NOT NULL,
    "lid" BYTEA,
    "paired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "whatsapp_person_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "whatsapp_alias" (
    "account" TEXT NOT NULL,
    "jid_hash" BYTEA NOT NULL,
    "person_id" BIGINT NOT NULL,
    "named_id" BIGINT,

    CONSTRAINT "whatsapp_alias_pkey" PRIMARY KEY ("account","jid_hash")
);


CREATE TABLE "whatsapp_arrival" (
    "id" BIGSERIAL NOT NULL,
    "account" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "whatsapp_arrival_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "whatsapp_sent" (
    "account" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "whatsapp_sent_pkey" PRIMARY KEY ("account","id")
);


CREATE INDEX "whatsapp_alias_person_id_idx" ON "whatsapp_alias"("person_id");


CREATE INDEX "whatsapp_alias_named_id_idx" ON "whatsapp_alias"("named_id");


CREATE INDEX "whatsapp_arrival_account_id_idx" ON "whatsapp_arrival"("account", "id");


CREATE INDEX "whatsapp_sent_sent_at_idx" ON "whatsapp_sent"("sent_at");


ALTER TABLE "whatsapp_alias" ADD CONSTRAINT "whatsapp_alias_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "whatsapp_person"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "whatsapp_alias" ADD CONSTRAINT "whatsapp_alias_named_id_fkey" FOREIGN KEY ("named_id") REFERENCES "whatsapp_person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
