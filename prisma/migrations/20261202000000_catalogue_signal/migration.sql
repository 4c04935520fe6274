-- Whoever keeps pages of the catalogue is told when something that they show is another, whoever wrote it.
CREATE FUNCTION "tell_catalogue"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('catalogue', '');
  RETURN NULL;
END $$;

CREATE TRIGGER "product_tells_catalogue" AFTER INSERT OR UPDATE OR DELETE ON "product"
  FOR EACH ROW EXECUTE FUNCTION "tell_catalogue"();
CREATE TRIGGER "product_photo_tells_catalogue" AFTER INSERT OR UPDATE OR DELETE ON "product_photo"
  FOR EACH ROW EXECUTE FUNCTION "tell_catalogue"();
CREATE TRIGGER "shop_tells_catalogue" AFTER INSERT OR UPDATE OR DELETE ON "shop"
  FOR EACH ROW EXECUTE FUNCTION "tell_catalogue"();
CREATE TRIGGER "shop_consent_tells_catalogue" AFTER INSERT OR UPDATE OR DELETE ON "shop_consent"
  FOR EACH ROW EXECUTE FUNCTION "tell_catalogue"();
CREATE TRIGGER "shop_paper_tells_catalogue" AFTER INSERT OR UPDATE OR DELETE ON "shop_paper"
  FOR EACH ROW EXECUTE FUNCTION "tell_catalogue"();
CREATE TRIGGER "product_search_tells_catalogue" AFTER INSERT OR UPDATE OR DELETE ON "product_search"
  FOR EACH ROW EXECUTE FUNCTION "tell_catalogue"();
