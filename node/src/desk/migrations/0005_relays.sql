-- Organisations that keep letters for this one, as ids separated by spaces, in the order of the card.
ALTER TABLE organisation ADD COLUMN relays TEXT NOT NULL DEFAULT '';
