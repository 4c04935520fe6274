-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "period" TEXT,
    "file_name" TEXT NOT NULL,
    "mapping" JSONB,
    "state" TEXT NOT NULL DEFAULT 'uploaded',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "size" BIGINT NOT NULL,
    "report" JSONB,
    "report_file" TEXT,
    "fault" TEXT,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_run_created_at_idx" ON "import_run"("created_at");
