-- What was sold out when an officer had to look at it comes back as sold out.
ALTER TABLE "product" ADD COLUMN     "was_sold_out" BOOLEAN NOT NULL DEFAULT false;
