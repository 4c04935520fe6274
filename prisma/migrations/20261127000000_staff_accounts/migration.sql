CREATE TABLE "staff_account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "kelurahan" TEXT,
    "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false,
    "first_password" BOOLEAN NOT NULL DEFAULT true,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_account_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "staff_credential" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "provider_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_credential_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "staff_session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "second_factor" BOOLEAN NOT NULL DEFAULT false,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "staff_factor" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT false,
    "failed_verification_count" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "staff_factor_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "staff_used_code" (
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_used_code_pkey" PRIMARY KEY ("user_id","code_hash")
);


CREATE TABLE "staff_challenge" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_challenge_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "staff_attempts" (
    "key_hash" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "locks" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_attempts_pkey" PRIMARY KEY ("key_hash")
);


CREATE TABLE "staff_secret" (
    "id" BIGINT NOT NULL,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "staff_secret_pkey" PRIMARY KEY ("id")
);


CREATE UNIQUE INDEX "staff_account_email_key" ON "staff_account"("email");


CREATE UNIQUE INDEX "staff_credential_user_id_provider_id_key" ON "staff_credential"("user_id", "provider_id");


CREATE UNIQUE INDEX "staff_session_token_key" ON "staff_session"("token");


CREATE INDEX "staff_session_user_id_idx" ON "staff_session"("user_id");


CREATE INDEX "staff_session_expires_at_idx" ON "staff_session"("expires_at");


CREATE UNIQUE INDEX "staff_factor_user_id_key" ON "staff_factor"("user_id");


CREATE INDEX "staff_used_code_used_at_idx" ON "staff_used_code"("used_at");


CREATE INDEX "staff_challenge_identifier_idx" ON "staff_challenge"("identifier");


CREATE INDEX "staff_challenge_expires_at_idx" ON "staff_challenge"("expires_at");


CREATE INDEX "staff_attempts_last_at_idx" ON "staff_attempts"("last_at");


ALTER TABLE "staff_credential" ADD CONSTRAINT "staff_credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "staff_factor" ADD CONSTRAINT "staff_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "staff_used_code" ADD CONSTRAINT "staff_used_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
