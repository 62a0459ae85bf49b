### A mentor's own listing.
