"""One module a screen: title, loading, the campaign, and what is read beside them."""
