"""Parts that screens and panels are made of: documents, forms, tables, charts."""
