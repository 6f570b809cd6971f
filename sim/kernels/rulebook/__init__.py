"""Every coefficient of the rules, declared once, by section."""
