CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE UNIQUE INDEX "listing_links_repeats" ON "listing_links" USING btree ("listing_id") WHERE kind = 'repost';--> statement-breakpoint
CREATE UNIQUE INDEX "listing_links_repeated" ON "listing_links" USING btree ("earlier_id") WHERE kind = 'repost';